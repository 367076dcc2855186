/** How a chat ended, for the program to continue. */
import type { Ending } from '../../../client/session/status.ts'
import type { Address } from '../../../system/address.ts'
import type { Fingerprint } from '../../../transport/tls/fingerprint.ts'

/** Settings that a form may have changed. */
type Attempt = {
  readonly address?: Address
  readonly name?: string
  readonly fingerprint?: Fingerprint | null
  readonly hasAddress?: boolean
  readonly hasName?: boolean
  /** The missing password: the server's, or the account's. */
  readonly secret: 'server' | 'account'
}

export type Visited = {
  readonly exit: number
  /** The settings for another attempt, which needs the right password. Null: no other attempt. */
  readonly needs: Attempt | null
}

export const wantsPassword = (end: Ending): boolean =>
  end.by === 'server' && (end.code === 'password-needed' || end.code === 'password-wrong')

/** No password was given yet, so `Password:` is enough. */
export const isPrompted = (end: Ending): boolean => end.by === 'server' && end.code === 'password-needed'

const ACCOUNT_ONLY: ReadonlySet<string> = new Set(['name-registered', 'credential-wrong', 'guests-off'])

/** The name is an account, or only accounts may enter: the user is asked for the account's password. */
export const wantsAccount = (end: Ending): boolean => end.by === 'server' && ACCOUNT_ONLY.has(end.code)
