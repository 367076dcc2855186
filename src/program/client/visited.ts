/** How a conversation went, as the program goes on from it. */
import type { Ending } from '../../client/status.ts'
import type { Settings } from './flags.ts'

export type Visited = {
  readonly exit: number
  /** It would have been another one with the right password, and with these settings. Null: it was as it was to be. */
  readonly needs: Partial<Settings> | null
}

export const wantsPassword = (end: Ending): boolean =>
  end.by === 'server' && (end.code === 'password-needed' || end.code === 'password-wrong')

/** Nothing was given yet: `Password:` says what is wanted. */
export const isPrompted = (end: Ending): boolean => end.by === 'server' && end.code === 'password-needed'
