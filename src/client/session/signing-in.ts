/** A session's sign-in to an account: challenges and their answers, the login of a guest, and its outcome. */
import type { Reply, ReplyOf } from '../../codec/native/reply.ts'
import type { ErrorCode } from '../../model/error.ts'
import { type Asked, type Item, loginIn, withoutLogin } from './outbox/outbox.ts'
import { andAdvance, end, greeting, report } from './requests.ts'
import { type Next, type Session, type SessionEffect, WELCOME_MS } from './state.ts'
import type { AskOutcome } from './status.ts'

/** A challenge that answers a command goes to its caller. Another one is for the hello, or for the login. */
export function onChallenge(at: Session, challenge: ReplyOf<'challenge'>): Next {
  const item = loginIn(at.outbox)
  const login = item?.asked.type === 'login' ? item.asked : null
  if (at.proving || (at.status.state !== 'connecting' && !login)) return [at, []]
  const { name, account } = login ?? at
  return [{ ...at, proving: true }, [{ type: 'prove', challenge, name, account }]]
}

export function onProved(at: Session, proof: object, now: number): Next {
  if (!at.proving) return [at, []]
  const answer: SessionEffect = { type: 'send', object: { type: 'prove', ...proof } }
  const isConnecting = at.status.state === 'connecting'
  return [{ ...at, proving: false, heardAt: now }, [answer, ...(isConnecting ? [WAIT] : [])]]
}

/** An empty answer ends the attempt at the server too. */
export function onUnproved(at: Session, why: string, now: number): Next {
  if (!at.proving) return [at, []]
  if (at.status.state === 'connecting') {
    if (at.otherwise.length === 0) return end(at, { by: 'network', message: why, exit: 4 })
    return [{ ...at, proving: false, unproved: true, heardAt: now }, [NO_PROOF, WAIT]]
  }
  return loginFailed({ ...at, proving: false }, [NO_PROOF], refusal(why), now)
}

const NO_PROOF: SessionEffect = { type: 'send', object: { type: 'prove' } }
const WAIT: SessionEffect = { type: 'alarm', alarm: 'welcome', ms: WELCOME_MS }

/** Refusals that only a guest gets, and an account would not. */
const NO_GUEST: ReadonlySet<ErrorCode> = new Set(['name-registered', 'password-needed', 'guests-off', 'invite-needed'])

/** Says hello again on the same connection, with the next way to sign in. Null: none is left for this refusal. */
export function otherwise(at: Session, code: ErrorCode): Next | null {
  const [account, ...left] = at.otherwise
  const mayTry = at.unproved || (at.account === null && NO_GUEST.has(code))
  if (account === undefined || !mayTry) return null
  const next: Session = { ...at, account, otherwise: left, unproved: false }
  return [next, [{ type: 'send', object: greeting(next) }, WAIT]]
}

const refusal =
  (message: string, code: ErrorCode = 'internal') =>
  (id: number): AskOutcome => ({ id, is: 'refused', code, message })

export const loginRefused = (at: Session, { code, message }: ReplyOf<'rejected'>, now: number): Next =>
  loginFailed({ ...at, proving: false }, [], refusal(message, code), now)

const NOT_SENT = 'This was not sent, because the login before it did not succeed.'

function loginFailed(
  at: Session,
  effects: readonly SessionEffect[],
  outcome: (id: number) => AskOutcome,
  now: number,
): Next {
  const { session, reports } = withoutItsLogin(at, outcome)
  return andAdvance(session, [...effects, ...reports], now)
}

type Without = { readonly session: Session; readonly reports: readonly SessionEffect[] }

function withoutItsLogin(at: Session, outcome: (id: number) => AskOutcome): Without {
  const item = loginIn(at.outbox)
  if (!item) return { session: at, reports: [] }
  const { outbox, behind } = withoutLogin(at.outbox)
  return {
    session: { ...at, outbox },
    reports: [...report(item, outcome), ...behind.flatMap(one => report(one, refusal(NOT_SENT)))],
  }
}

/** The connection was lost, so nobody knows whether the login happened. It isn't repeated: the session may be over. */
export function loginLost(at: Session): Without {
  const asked = loginIn(at.outbox)?.asked
  const lost = { ...at, proving: false }
  return asked ? withoutItsLogin(lost, id => ({ id, is: 'unknown', asked })) : { session: lost, reports: [] }
}

/** The hello has registered the name. */
export function registeredIn(at: Session, { account }: ReplyOf<'welcome'>): Session {
  const { key, password = '' } = at.wish.register ?? {}
  const isNew = account && at.account === null && at.wish.register
  return isNew ? { ...at, account: key === undefined ? { password } : { key } } : at
}

/** A later hello signs in by the account that the user has registered or logged in to meanwhile. */
export function signedIn(at: Session, item: Item | undefined): Session {
  const account = item ? signInOf(item.asked, at) : null
  return account === null ? at : { ...at, account }
}

function signInOf(asked: Asked, { account }: Session): Session['account'] {
  switch (asked.type) {
    case 'register':
      return typeof asked.key === 'string' ? { key: asked.key } : { password: asked.password ?? '' }
    case 'login':
      return asked.account
    case 'keep':
      return { kept: asked.secret }
    case 'password':
      return account && 'password' in account ? { password: asked.new } : null
    default:
      return null
  }
}

/** The user has asked for it, so it isn't a failure. */
export const isOwnLogout = ({ loggingOut }: Session, { code }: Extract<Reply, { type: 'closed' }>): boolean =>
  loggingOut && code === 'signed-out'
