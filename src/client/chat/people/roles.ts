/**
 * Roles, as far as a client knows them: its own, and those of a room. It offers the acts that the server's table
 * allows, and the server decides.
 */

import type { MemberId } from '../../../model/input.ts'
import { type ActName, mayIn } from '../../../model/keeping/acts.ts'
import type { Role, RoomRole } from '../../../model/keeping/roles.ts'
import { HOST_NAME } from '../../../model/name/standing.ts'
import type { View } from '../../session/view.ts'

/** Target of an act. Without an id, only the name is known. */
export type Person = { readonly name: string; readonly id?: string; readonly account?: boolean }

/** One's own role in a room, or (null) on the server. */
export function ownRole(view: View, room: string | null): Role {
  if (view.administrator) return 'administrator'
  return roomRole(view, room, view.member) ?? (view.account ? 'member' : 'guest')
}

/** Another member's role. Administrators aren't known: the server refuses acts on them. */
export function roleOf(view: View, room: string | null, { name, id = '', account = false }: Person): Role {
  if (name === HOST_NAME) return 'host'
  return roomRole(view, room, id) ?? (account ? 'member' : 'guest')
}

export const roomRole = ({ rooms }: View, room: string | null, id: MemberId): RoomRole | undefined =>
  room === null || id === '' ? undefined : rooms.get(room)?.roles.get(id)

/** Whether one may do this in a room, or (null) on the server; `to` somebody. */
export function mayDo(view: View, act: ActName, room: string | null, to?: Person): boolean {
  return mayIn(ownRole(view, room), act, to && roleOf(view, room, to))
}
