/** How a chat ended, for the program to continue. */
import type { Ending } from '../../../client/session/status.ts'
import type { ClientSettings } from '../flags.ts'

export type Visited = {
  readonly exit: number
  /** The settings for another attempt, which needs the right password. Null: no other attempt. */
  readonly needs: Partial<ClientSettings> | null
}

export const wantsPassword = (end: Ending): boolean =>
  end.by === 'server' && (end.code === 'password-needed' || end.code === 'password-wrong')

/** No password was given yet, so `Password:` is enough. */
export const isPrompted = (end: Ending): boolean => end.by === 'server' && end.code === 'password-needed'
