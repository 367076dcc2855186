/** The members of a room as the screen lists them: keepers first, then by name. */
import type { RoomRole } from '../../../model/keeping/roles.ts'
import type { MemberView, RoomView } from '../../../model/view.ts'

type Room = Pick<RoomView, 'members' | 'roles'>

/** The mark before a name, by the role in the room. */
const ROLE_MARKS = { founder: '@', operator: '@', voice: '+', none: '' } as const satisfies Record<
  RoomRole | 'none',
  string
>

const KEEPER = '@'

export const markOf = ({ roles }: Room, { id }: Pick<MemberView, 'id'>): string => ROLE_MARKS[roles.get(id) ?? 'none']

export function inOrder(room: Room): readonly MemberView[] {
  const sorted = [...room.members.values()].sort(byName)
  const keepers = room.roles.size === 0 ? [] : sorted.filter(member => markOf(room, member) === KEEPER)
  if (keepers.length === 0) return sorted
  return [...keepers, ...sorted.filter(member => markOf(room, member) !== KEEPER)]
}

const byName = (a: MemberView, b: MemberView): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
