/** The join form after the server has refused somebody or ended a session. Pure. */
import { ending } from '../../client/chat/sentences.ts'
import type { Ending } from '../../client/session/status.ts'
import type { ErrorCode } from '../../model/error.ts'
import type { As, JoinError, Mode } from '../parts/join/wish.ts'

export type FormState = {
  readonly mode: Mode
  readonly error: JoinError | null
  /** The server requires a password of its own. */
  readonly locked: boolean
  /** The kept sign-in of this device is of no use any more. */
  readonly forgets: boolean
}

/** The server's own sentence is meant for programs. */
const ASKED = 'This server requires a password. Ask the host for it, or sign in if you have an account.'
const SIGNED_OUT = 'You were signed out on this device. Sign in again.'

/** Refusals about an account or a way to sign in to it. */
const SIGN_IN: ReadonlySet<string> = new Set<ErrorCode>([
  ...(['name-registered', 'credential-wrong', 'credential-gone', 'credential-wait', 'busy', 'proof-wrong'] as const),
  ...(['passkey-unavailable', 'guests-off', 'sessions-full'] as const),
])
/** Refusals that no field of the form can help. */
const REGISTRATION: ReadonlySet<string> = new Set<ErrorCode>([
  ...(['invite-invalid', 'invite-needed', 'registration-closed', 'accounts-full', 'accounts-of-address'] as const),
])
/** Refusals of the person or of everybody, which no field of the form can help, and those of the room. */
const SHUT: ReadonlySet<string> = new Set<ErrorCode>(['banned', 'locked-down'])
const ROOM: ReadonlySet<string> = new Set<ErrorCode>([
  ...(['banned-here', 'account-only', 'invite-only', 'key-needed', 'key-wrong', 'room-full'] as const),
])
/** Refusals of the server's own password. */
const SERVER: ReadonlySet<string> = new Set<ErrorCode>(['password-wrong', 'password-wait'])
/** Refusals of the secret itself. */
const SECRET: ReadonlySet<string> = new Set<ErrorCode>(['credential-wrong', 'credential-gone'])

/** `as`: the way in which they had entered. `left`: the user left or signed out. */
export function afterEnd(end: Ending, as: As, left: boolean): FormState {
  const same: FormState = { mode: modeOf(as), error: null, locked: false, forgets: false }
  const wrong = (at: JoinError['at'], more: Partial<FormState> = {}, text = ending(end)): FormState => ({
    ...same,
    error: { at, text },
    ...more,
  })
  if (left) return { ...same, mode: 'guest' }
  if (end.by !== 'server') return wrong('form')
  const { code } = end
  if (code === 'signed-out' || (as.type === 'kept' && SECRET.has(code)))
    return wrong('form', { mode: 'sign-in', forgets: true }, SIGNED_OUT)
  if (code === 'password-needed') return wrong('server-password', { locked: true }, ASKED)
  if (SERVER.has(code)) return wrong('server-password', { locked: true })
  if (REGISTRATION.has(code) || SHUT.has(code)) return wrong('form')
  // The form to sign in asks for no room.
  if (ROOM.has(code)) return wrong(same.mode === 'sign-in' ? 'form' : 'room')
  if (!SIGN_IN.has(code)) return wrong(code === 'password-short' ? 'password' : 'name')
  // The kept sign-in is as good as before: only the moment was wrong.
  if (as.type === 'kept') return wrong('form')
  // A name that is taken for good is no reason to take away the form in which somebody wants to make an account.
  if (as.type === 'create' && code === 'name-registered') return wrong('name')
  if (code === 'name-registered') return wrong('form', { mode: 'sign-in' }, REGISTERED)
  return wrong(as.type === 'password' && code !== 'sessions-full' ? 'password' : 'form', { mode: 'sign-in' })
}

const REGISTERED =
  'This name belongs to an account. Is it yours? Then sign in. If not, join as a guest under another name.'

const modeOf = ({ type }: As): Mode =>
  type === 'create' ? 'create' : type === 'password' || type === 'passkey' ? 'sign-in' : 'guest'
