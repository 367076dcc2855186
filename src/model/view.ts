/** A room as its participants may see it. Server, terminal, page and console all fold and draw this shape. */
import { Map as IMap } from 'immutable'
import type { MemberId } from './ids.ts'
import { type Modes, NO_MODES } from './keeping/modes.ts'
import type { RoomRole } from './keeping/roles.ts'
import type { Hand } from './question.ts'

export type MemberView = {
  /** Stays the same when the member takes another name. A later holder of the name has another id. */
  readonly id: MemberId
  readonly name: string
  /** When this member joined the room, milliseconds since the epoch. */
  readonly since: number
  readonly away: string | null
  /** The name is an account's. Absent: a guest's. */
  readonly account?: true
  /** The file that is the account's picture. */
  readonly picture?: string
}

export type Topic = { readonly text: string; readonly by: string; readonly at: number }

/** A pinned message, the `seq` of its input. */
export type Pin = { readonly seq: number; readonly by: string; readonly at: number }

export type RoomView = {
  readonly room: string
  readonly topic: Topic | null
  /** By name. Persistent: after a join, the list shares all but one path with the list before. */
  readonly members: IMap<string, MemberView>
  /** Roles of members, here or not; at most ROLES_MAX. */
  readonly roles: IMap<MemberId, RoomRole>
  readonly modes: Modes
  /** The oldest first, at most PINS_MAX. Absent: none. */
  readonly pins?: readonly Pin[]
  /** The members that have raised a hand, the first first; at most HANDS_MAX. Absent: none. */
  readonly hands?: readonly Hand[]
  /** On a server: the `seq` of the input that opened it. Absent: before format 7. */
  readonly opened?: number
}

export const emptyRoom = (room: string): RoomView => ({
  room,
  topic: null,
  members: IMap<string, MemberView>(),
  roles: IMap<MemberId, RoomRole>(),
  modes: NO_MODES,
})
