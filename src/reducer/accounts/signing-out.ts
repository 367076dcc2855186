/** Signing out: sessions of an account end by its owner or by the host. With the last live one the member exits. */
import type { CloseCode } from '../../model/closing.ts'
import type { Event } from '../../model/event.ts'
import type { InputOf, SessionId } from '../../model/input.ts'
import type { Account, CredentialId } from '../../model/state/account.ts'
import type { State } from '../../model/state.ts'
import { may } from '../may.ts'
import { type Exit, exitOf } from '../rules/leaving.ts'
import { accountOf, lapsedOf, sessionsOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'
import { unsubscribes } from './pushes.ts'

const BYE: Exit = { cause: 'quit', by: null, reason: null }

/** Live, detached and lapsed sessions end, and the member exits if none is left. */
export function signOut(
  state: State,
  { id }: Pick<Account, 'id'>,
  sessions: readonly SessionId[],
  code: CloseCode = 'signed-out',
  how: Exit = BYE,
): readonly Event[] {
  const member = state.members.get(id)
  const ended = sessions.map((session): Event => ({ type: 'ended', session, code, detail: '' }))
  const isLast = member !== undefined && ended.length > 0 && member.sessions.isSubset(sessions)
  return isLast ? [...ended, exitOf(member, how)] : ended
}

/** All its sessions end. */
export const signOutAll = (
  state: State,
  account: Pick<Account, 'id'>,
  code?: CloseCode,
  how?: Exit,
): readonly Event[] =>
  signOut(state, account, [...sessionsOf(state, account.id), ...lapsedOf(state, account.id)], code, how)

/**
 * A kept sign-in ends, and a key stays: both belong to one device, so all sessions of that device end. With a password
 * or a passkey, which may be in use elsewhere, only this session ends.
 */
export function decideLogout(state: State, input: InputOf<'logout'>): readonly Event[] {
  const account = accountOf(state, input)
  if (!account || !may(state, input.session, 'account')) return refuse(input, 'not-registered')
  if (input.everywhere) {
    const kept = account.credentials.valueSeq().filter(({ proof }) => proof.kind === 'kept')
    const events = kept.map((one): Event => ({ type: 'withdrawn', account: account.id, credential: one.id }))
    return [...signOutAll(state, account), ...events, ...unsubscribes(state, account.id)]
  }
  const credential = account.credentials.get(state.sessions.get(input.session)?.credential ?? '')
  if (credential?.proof.kind === 'kept') return withdraw(state, account, [credential.id])
  if (credential?.proof.kind === 'key') return signOut(state, account, sessionsWith(state, account, credential.id))
  return signOut(state, account, [input.session])
}

/** Ends these credentials, and first their sessions. */
export function withdraw(state: State, account: Account, credentials: readonly CredentialId[]): readonly Event[] {
  const sessions = credentials.flatMap(id => sessionsWith(state, account, id))
  return [
    ...signOut(state, account, sessions),
    ...credentials.map((credential): Event => ({ type: 'withdrawn', account: account.id, credential })),
  ]
}

/** The sessions that entered with a credential, live, detached and lapsed. */
export function sessionsWith(state: State, { id }: Account, credential: CredentialId): readonly SessionId[] {
  const all = [...sessionsOf(state, id), ...lapsedOf(state, id)]
  return all.filter(one => (state.sessions.get(one) ?? state.lapsed.get(one)?.session)?.credential === credential)
}
