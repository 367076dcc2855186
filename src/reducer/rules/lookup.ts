/** Looks up sessions, members and holders of names in a state. */
import { HOST_SESSION, type MemberId, type SessionId, type Target } from '../../model/input.ts'
import type { Name } from '../../model/name/name.ts'
import { HOST_NAME } from '../../model/name/standing.ts'
import type { Account } from '../../model/state/account.ts'
import type { Member, Session, State } from '../../model/state.ts'

/** Cache of the last lookup, because one input asks for the same session three times. It changes no answer. */
let asked: {
  readonly sessions: State['sessions']
  readonly id: SessionId
  readonly found: Session | undefined
} | null = null

export function sessionOf({ sessions }: State, id: SessionId): Session | undefined {
  if (asked?.sessions !== sessions || asked.id !== id) asked = { sessions, id, found: sessions.get(id) }
  return asked.found
}

/** The member behind a session, such as that of an input. Undefined for the host, which is a member of no room. */
export const memberOf = (state: State, { session }: { readonly session: SessionId }): Member | undefined =>
  state.members.get(sessionOf(state, session)?.member ?? '')

/** The name of a session's member; null if it has none. */
export const nameOf = (state: State, session: SessionId): string | null =>
  memberOf(state, { session })?.name.text ?? null

/** The author of the messages of an input. */
export const authorIdOf = (member: Member | undefined): MemberId => member?.id ?? HOST_SESSION

/** The author's name on them. */
export const authorOf = (member: Member | undefined): string => member?.name.text ?? HOST_NAME

/** The actor of an input that moderates: a member, a token of the API, or the host. */
export function keeperOf(
  state: State,
  input: { readonly session: SessionId },
): { readonly id: MemberId; readonly name: string } {
  const member = memberOf(state, input)
  const { id, name } = member ?? state.grants.get(input.session) ?? { id: HOST_SESSION, name: { text: HOST_NAME } }
  return { id, name: name.text }
}

/** The holder of a name; or the account that gave it up, and keeps it for a while (`held`). */
export type NameHolder = {
  readonly id: MemberId
  readonly name: Name
  readonly is: 'guest' | 'token' | 'account' | 'held'
}

/** The holder of `name` or of a lookalike. The name of member or account `but` doesn't count. */
export function holderOf(state: State, name: Name, but?: MemberId): NameHolder | undefined {
  for (const key of name.keys) {
    const holder = holderOfKey(state, key)
    if (holder && holder.id !== but) return holder
  }
  return undefined
}

/** The member, token or account that a key of a name leads to. */
export function holderOfKey(state: State, key: string): NameHolder | undefined {
  const id = state.names.get(key)
  if (id === undefined) return undefined
  const account = state.accounts.get(id)
  if (account?.name.keys.includes(key)) return { id, name: account.name, is: 'account' }
  if (account) return formerly(state, account, key)
  const member = state.members.get(id)
  if (member) return { id, name: member.name, is: 'guest' }
  const grant = state.grants.get(id)
  return grant && { id, name: grant.name, is: 'token' }
}

/** A former name is free when its time is over, although its keys may still be there. */
function formerly({ at }: State, { id, held }: Account, key: string): NameHolder | undefined {
  const found = held.find(({ name, until }) => until > at && name.keys.includes(key))
  return found && { id, name: found.name, is: 'held' }
}

/** The id of a target: the one that ingress found, or that of the member that has the name now. */
export const targetId = (state: State, { id, key }: Target): MemberId | undefined => id ?? holderOfKey(state, key)?.id

/** The account of the session that an input comes from. */
export function accountOf(state: State, input: { readonly session: SessionId }): Account | undefined {
  const member = memberOf(state, input)
  return member && state.accounts.get(member.id)
}

/** The account field of a member's events. */
export const accountMark = ({ accounts }: State, id: MemberId): { readonly account?: true } =>
  accounts.has(id) ? { account: true } : {}

/** The live sessions of a member, in the order of their ids. */
export const sessionsOf = ({ members }: State, id: MemberId): readonly SessionId[] =>
  members.get(id)?.sessions.toArray().sort() ?? []

/** The lapsed sessions of a member, the oldest first. */
export const lapsedOf = ({ lapsed }: State, id: MemberId): readonly SessionId[] =>
  [...lapsed.values()].filter(({ session }) => session.member === id).map(({ session }) => session.id)

/** Sorted, because the order of a set depends on how it was built, and a replay may begin with a restored one. */
export const roomsOf = (member: Member): readonly string[] => member.rooms.toArray().sort()
