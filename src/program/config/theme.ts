/** The terminal's background, as the user gives it. */
import { UsageError } from './usage.ts'

export type Theme = 'dark' | 'light'

/** Null: taken from the terminal. Throws UsageError. */
export function readTheme(text: string | undefined): Theme | null {
  if (text === undefined || text === 'dark' || text === 'light') return text ?? null
  throw new UsageError(`--theme must be dark or light, not "${text}".`)
}

export const THEME_FLAG = {
  value: 'dark|light',
  help: 'the background of the terminal',
  otherwise: '$COLORFGBG, else dark',
  completes: ['dark', 'light'],
} as const
