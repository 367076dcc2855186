/** The duration of an act: the choices, and the typed text. */
import { readDuration } from '../../../model/duration.ts'

/** A choice: seconds, `null` for good, or the time typed beside it. */
export type Lasting = '600' | '3600' | '86400' | 'good' | 'other'

export const LASTING: readonly (readonly [Lasting, string])[] = [
  ['600', '10 minutes'],
  ['3600', '1 hour'],
  ['86400', '1 day'],
  ['good', 'for good'],
  ['other', 'other'],
]

/** Seconds; null: for good. Undefined: the typed text is no time. */
export function secondsOf(lasting: Lasting, typed: string): number | null | undefined {
  if (lasting === 'good') return null
  if (lasting !== 'other') return Number(lasting)
  const ms = readDuration(typed.trim().replace(/\s+/g, '').replace(/min$/, 'm'))
  return ms === null || ms < 1000 ? undefined : Math.round(ms / 1000)
}

export const NO_TIME = 'Give a time such as 30m, 2h or 7d.'
