/** Changes of members and of names, for the evolvers. */
import type { MemberId } from '../../model/input.ts'
import type { Name } from '../../model/name/name.ts'
import type { Member, State } from '../../model/state.ts'

/** The names in use, once the member or token has this name too. */
export const namesWith = (state: State, name: Name, id: MemberId) =>
  name.keys.reduce((names, key) => names.set(key, id), state.names)

export const namesWithout = (state: State, name: Name) => state.names.deleteAll(name.keys)

export function withMember(state: State, id: MemberId, change: (member: Member) => Member): State {
  const member = state.members.get(id)
  return member ? { ...state, members: state.members.set(id, change(member)) } : state
}
