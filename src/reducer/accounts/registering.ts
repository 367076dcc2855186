/**
 * Registering: the name of a guest becomes an account, with the guest's member id. So it stays the author of its
 * messages.
 */

import { Set as ISet, OrderedMap } from 'immutable'
import type { Refusal } from '../../model/error.ts'
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf, MemberId, SessionId } from '../../model/input.ts'
import { ACCOUNT_UNUSED_MS, ACCOUNTS_MAX } from '../../model/limits.ts'
import type { Name } from '../../model/name/name.ts'
import type { Account, CredentialDraft, CredentialId } from '../../model/state/account.ts'
import { readsFrom } from '../../model/state/reads.ts'
import type { State } from '../../model/state.ts'
import { lockedFault, noteFault, readIn } from '../keeping/messages/writing.ts'
import { rulesOf } from '../keeping/places.ts'
import { refuseFor } from '../keeping/refusals.ts'
import { memberOf, roomsOf } from '../rules/lookup.ts'
import { namesWith } from '../rules/names.ts'
import { refuse } from '../rules/refuse.ts'
import { takeInvite } from './invites.ts'

export function decideRegister(state: State, input: InputOf<'register'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  if (state.accounts.has(member.id)) return refuse(input, 'already-registered', member.name.text)
  const unfit = unfitToRegister(state, input.credential)
  if (rulesOf(state, null).modes.lockdown) return refuseFor(input, lockedFault(state, null))
  if (unfit) return refuse(input, unfit.code, unfit.detail)
  const filtered = noteFault(state, input.session, readIn(member), input.filters)
  if (filtered) return refuse(input, 'name-filtered', filtered.detail)
  // A session that came by an invite needs no second one.
  const invited = takeInvite(
    state,
    input,
    state.sessions.get(input.session)?.invite === undefined ? input.invite : undefined,
  )
  if (!invited.ok) return invited.refusal
  const { id, name } = member
  const by = { member: id, name: name.text, session: input.session, rooms: roomsOf(member) }
  return [...invited.events, registered(by, input.credential)]
}

/** Null: there may be one more account. */
export function unfitToRegister(state: State, _: CredentialDraft): Refusal | null {
  return state.accounts.size >= ACCOUNTS_MAX ? { code: 'accounts-full', detail: `${ACCOUNTS_MAX}` } : null
}

type Registering = {
  readonly member: MemberId
  readonly name: string
  readonly session: SessionId
  readonly rooms: readonly string[]
}

export const registered = (by: Registering, credential: CredentialDraft): Event => ({
  type: 'registered',
  ...by,
  credential,
})

/** Its session has the credential from now on. */
export function evolveRegistered(state: State, event: EventOf<'registered'>): State {
  const { member: id, session: by, credential } = event
  const member = state.members.get(id)
  const session = state.sessions.get(by)
  if (!member || !session) return state
  const made = withAccount(state, { id, name: member.name, rooms: member.rooms }, credential)
  return { ...made, sessions: made.sessions.set(by, { ...session, credential: credential.id }) }
}

export function evolveAccountAdded(state: State, event: EventOf<'account-added'>): State {
  const { account: id, name, credential } = event
  const made = withAccount(state, { id, name, rooms: ISet<string>() }, credential)
  return { ...made, names: namesWith(made.names, name, id), reads: made.reads.set(id, readsFrom(state.seq)) }
}

function withAccount(state: State, who: Pick<Account, 'id' | 'name' | 'rooms'>, credential: CredentialDraft): State {
  const { at } = state
  const credentials = OrderedMap([[credential.id, { ...credential, since: at, used: at }] as const])
  const account: Account = {
    ...who,
    since: at,
    used: at,
    credentials: credentials as OrderedMap<CredentialId, never>,
    held: [],
  }
  return {
    ...state,
    accounts: state.accounts.set(who.id, account),
    fresh: state.fresh.set(who.id, at + ACCOUNT_UNUSED_MS),
  }
}

/** A new account of the host has no member yet, so its id is the id of the input. */
export const addedAccount = (id: MemberId, name: Name, credential: CredentialDraft): Event => ({
  type: 'account-added',
  account: id,
  name,
  credential,
})
