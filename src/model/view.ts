/** What every participant may know of a room: the one shape that server, terminal, page and console fold and draw. */
import { Map as IMap } from 'immutable'
import type { MemberId } from './input.ts'

export type MemberView = {
  /** Known by it also under another name; who takes the name later has another one. */
  readonly id: MemberId
  readonly name: string
  /** When this member joined the room, milliseconds since the epoch. */
  readonly since: number
  readonly away: string | null
}

export type Topic = { readonly text: string; readonly by: string; readonly at: number }

export type RoomView = {
  readonly room: string
  readonly topic: Topic | null
  /** By name. Persistent: a join shares all but a path with the list before it. */
  readonly members: IMap<string, MemberView>
}

export const emptyRoom = (room: string): RoomView => ({ room, topic: null, members: IMap<string, MemberView>() })
