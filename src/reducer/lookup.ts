/** Who is who in a state. */
import type { Input, MemberId, SessionId } from '../model/input.ts'
import type { Name } from '../model/name.ts'
import { HOST_NAME } from '../model/standing.ts'
import type { Member, Session, State } from '../model/state.ts'

/** What was asked last, and of which map: one input asks for the same session three times. Changes no answer. */
let asked: {
  readonly sessions: State['sessions']
  readonly id: SessionId
  readonly found: Session | undefined
} | null = null

export function sessionOf({ sessions }: State, id: SessionId): Session | undefined {
  if (asked?.sessions !== sessions || asked.id !== id) asked = { sessions, id, found: sessions.get(id) }
  return asked.found
}

/** The member behind the session that gave an input; undefined for the host, who is a member of no room. */
export const memberOf = (state: State, input: Input): Member | undefined => {
  const session = sessionOf(state, input.session)
  return session && state.members.get(session.member)
}

/** How the giver of an input signs. */
export const authorOf = (member: Member | undefined): string => member?.name.text ?? HOST_NAME

/** Whose name is, or looks like, `name`: a member, or a token of the API; `but` is whose own name does not count. */
export function holderOf(state: State, name: Name, but?: MemberId): Pick<Member, 'id' | 'name'> | undefined {
  for (const key of name.keys) {
    const id = state.names.get(key)
    if (id !== undefined && id !== but) return state.members.get(id) ?? state.grants.get(id)
  }
  return undefined
}

/** In an order that does not depend on how the set came about: a replay may begin with a restored one. */
export const roomsOf = (member: Member): readonly string[] => member.rooms.toArray().sort()
