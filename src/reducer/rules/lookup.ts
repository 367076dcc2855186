/** Looks up sessions, members and holders of names in a state. */
import { HOST_SESSION, type MemberId, type SessionId } from '../../model/input.ts'
import type { Name } from '../../model/name/name.ts'
import { HOST_NAME } from '../../model/name/standing.ts'
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

/** What a session is called; null if it has no member. */
export const nameOf = (state: State, session: SessionId): string | null =>
  memberOf(state, { session })?.name.text ?? null

/** The author of the messages of an input. */
export const authorIdOf = (member: Member | undefined): MemberId => member?.id ?? HOST_SESSION

/** The author's name on them. */
export const authorOf = (member: Member | undefined): string => member?.name.text ?? HOST_NAME

/** The holder of `name` or of a lookalike: a member, or a token of the API. The name of member `but` doesn't count. */
export function holderOf(state: State, name: Name, but?: MemberId): Pick<Member, 'id' | 'name'> | undefined {
  for (const key of name.keys) {
    const id = state.names.get(key)
    if (id !== undefined && id !== but) return state.members.get(id) ?? state.grants.get(id)
  }
  return undefined
}

/** Sorted, because the order of a set depends on how it was built, and a replay may begin with a restored one. */
export const roomsOf = (member: Member): readonly string[] => member.rooms.toArray().sort()
