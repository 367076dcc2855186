/** What a client sees: its rooms, folded from what the server says by the same evolveRoom as the server's own. */
import { Map as IMap } from 'immutable'
import { type Reply, roomEvent } from '../codec/native/reply.ts'
import type { MemberId } from '../model/input.ts'
import type { MemberView, RoomView } from '../model/view.ts'
import { evolveRoom } from '../reducer/evolve-room.ts'
import type { Spoken } from './spoken.ts'

export type View = {
  /** The session that sees it, as the server calls it. */
  readonly session: string
  /** The member that one is; empty before the first welcome, and where the server does not say. */
  readonly member: MemberId
  /** Own name, as it is now. */
  readonly name: string
  readonly rooms: IMap<string, RoomView>
}

export const emptyView: View = { session: '', member: '', name: '', rooms: IMap<string, RoomView>() }

export function evolveView(view: View, reply: Spoken['reply']): View {
  switch (reply.type) {
    // What was said changes nothing in a room.
    case 'gap':
      return view
    case 'welcome':
      // Without a gap all is as it was, the own name too, and what changed follows.
      if (reply.resumed && !reply.gap && reply.session === view.session) return view
      return { session: reply.session, member: reply.id ?? '', name: reply.name, rooms: IMap<string, RoomView>() }
    case 'room': {
      const members = IMap(
        reply.members.map(member => [member.name, { id: '', away: null, ...member } satisfies MemberView]),
      )
      return { ...view, rooms: view.rooms.set(reply.room, { room: reply.room, topic: reply.topic, members }) }
    }
    default:
      return evolveRooms(view, reply)
  }
}

/** Whether one said it oneself: a name may have been another's before. */
export const isOwn = (view: View, { id, from }: { readonly id?: string; readonly from: string }): boolean =>
  id === undefined || view.member === '' ? from === view.name : id === view.member

function evolveRooms(view: View, reply: Reply): View {
  const event = roomEvent(reply)
  if (!event || !('at' in reply)) return view
  if (event.type === 'parted' && event.name === view.name) return { ...view, rooms: view.rooms.delete(event.room) }
  const name = event.type === 'renamed' && event.from === view.name ? event.to : view.name
  return { ...view, name, rooms: view.rooms.map(room => evolveRoom(room, event, reply.at)) }
}
