/**
 * The credentials of an account: its owner adds and revokes them. With a credential all sessions end that entered with
 * it, live, detached and lapsed (docs/spec.md, I3).
 */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import { CREDENTIALS_MAX } from '../../model/limits.ts'
import type { Account, Credential, CredentialId, Proof } from '../../model/state/account.ts'
import type { State } from '../../model/state.ts'
import { may } from '../may.ts'
import { accountOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'
import { withoutPushes } from './pushes.ts'
import { sessionsWith, signOut, withdraw } from './signing-out.ts'

export function decideCredential(state: State, input: InputOf<'credential'>): readonly Event[] {
  const { add, replaces, session } = input
  const account = accountOf(state, input)
  if (!account || !may(state, input.session, 'account')) return refuse(input, 'not-registered')
  const before = add.proof.kind === 'password' ? passwordOf(account) : undefined
  // Meanwhile another session has changed the password that ingress checked.
  if (before?.id !== replaces) return refuse(input, 'credential-gone')
  if (!before && account.credentials.size >= CREDENTIALS_MAX) {
    return refuse(input, 'credentials-full', `${CREDENTIALS_MAX}`)
  }
  const own = state.sessions.get(session)?.credential
  const isOwn = add.proof.kind === 'kept' || (before !== undefined && own === before.id)
  const others = before ? sessionsWith(state, account, before.id).filter(id => id !== session) : []
  return [
    ...signOut(state, account, others),
    {
      type: 'credentialed',
      account: account.id,
      credential: add,
      replaces: before?.id ?? null,
      session: isOwn ? session : null,
    },
  ]
}

/** Nobody else waits for it, so there is no refusal. */
export function decideRehash(state: State, { account, credential }: InputOf<'rehash'>): readonly Event[] {
  const known = state.accounts.get(account)?.credentials.get(credential.id)
  return known && isNewer(credential.proof, known.proof) ? [{ type: 'rehashed', account, credential }] : []
}

/** If two proofs by one passkey were folded the other way round, the higher counter stays. */
const isNewer = (proof: Proof, known: Proof): boolean =>
  proof.kind !== 'passkey' || known.kind !== 'passkey' || proof.counter > known.counter

export function decideWithdraw(state: State, input: InputOf<'withdraw'>): readonly Event[] {
  const account = accountOf(state, input)
  if (!account || !may(state, input.session, 'account')) return refuse(input, 'not-registered')
  const credential = account.credentials.get(input.credential)
  if (!credential) return refuse(input, 'credential-unknown', input.credential)
  if (isLast(account, credential)) return refuse(input, 'credential-last')
  return withdraw(state, account, [credential.id])
}

/** Without it, the owner could sign in again only as long as a kept sign-in lives. */
const isLast = ({ credentials }: Account, { id, proof }: Credential): boolean =>
  proof.kind !== 'kept' && !credentials.some(other => other.id !== id && other.proof.kind !== 'kept')

const passwordOf = ({ credentials }: Account): Credential | undefined =>
  credentials.find(({ proof }) => proof.kind === 'password')

export function evolveCredentials(state: State, event: EventOf<'credentialed' | 'withdrawn' | 'rehashed'>): State {
  const account = state.accounts.get(event.account)
  if (!account) return state
  const accounts = state.accounts.set(account.id, { ...account, credentials: changed(state, account, event) })
  const gone = goneWith(event)
  const next = { ...(gone === null ? state : withoutPushes(state, account.id, gone)), accounts }
  if (event.type !== 'credentialed' || event.session === null) return next
  const session = state.sessions.get(event.session)
  if (!session) return next
  return {
    ...next,
    sessions: state.sessions.set(session.id, { ...session, credential: event.credential.id }),
  }
}

/** The credential that there isn't any more; null: all are left. */
function goneWith(event: EventOf<'credentialed' | 'withdrawn' | 'rehashed'>): CredentialId | null {
  if (event.type === 'withdrawn') return event.credential
  return event.type === 'credentialed' ? event.replaces : null
}

function changed(
  { at }: State,
  { credentials }: Account,
  event: EventOf<'credentialed' | 'withdrawn' | 'rehashed'>,
): Account['credentials'] {
  switch (event.type) {
    case 'credentialed': {
      const left = event.replaces === null ? credentials : credentials.delete(event.replaces)
      return left.set(event.credential.id, { ...event.credential, since: at, used: at })
    }
    case 'withdrawn':
      return credentials.delete(event.credential)
    case 'rehashed': {
      const known = credentials.get(event.credential.id)
      return known ? credentials.set(known.id, { ...known, proof: event.credential.proof }) : credentials
    }
  }
}
