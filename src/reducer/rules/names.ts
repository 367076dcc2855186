/** Changes of members and of names, for the evolvers. */
import type { MemberId } from '../../model/input.ts'
import type { Name } from '../../model/name/name.ts'
import type { Member, State } from '../../model/state.ts'

type Names = State['names']

/** The names in use, once the member or token has this name too. */
export const namesWith = (names: Names, name: Name, id: MemberId): Names =>
  name.keys.reduce((now, key) => now.set(key, id), names)

/** Keys that lead to another id by now stay. */
export const namesWithout = (names: Names, name: Name, id: MemberId): Names =>
  names.deleteAll(name.keys.filter(key => names.get(key) === id))

export function withMember(state: State, id: MemberId, change: (member: Member) => Member): State {
  const member = state.members.get(id)
  return member ? { ...state, members: state.members.set(id, change(member)) } : state
}
