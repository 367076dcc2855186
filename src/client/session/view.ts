/** A client's view: its rooms, folded from the server's replies by the same evolveRoom that the server uses. */
import { Map as IMap } from 'immutable'
import { type Reply, type ReplyOf, roomEvent } from '../../codec/native/reply.ts'
import type { MemberId } from '../../model/input.ts'
import { type Modes, NO_MODES, withMode } from '../../model/keeping/modes.ts'
import type { MemberView, RoomView } from '../../model/view.ts'
import { evolveRoom } from '../../reducer/evolve-room.ts'
import type { Incoming } from './incoming.ts'

export type View = {
  /** The session of this client, as the server calls it. */
  readonly session: string
  /** The member id of this client; empty before the first welcome, and if the server doesn't give it. */
  readonly member: MemberId
  /** The client's own current name. */
  readonly name: string
  readonly rooms: IMap<string, RoomView>
  /** Whether the name is an account, and the credential that this session has signed in with. */
  readonly account: boolean
  readonly credential: string | null
  readonly administrator: boolean
  /** The modes of the whole server. */
  readonly modes: Modes
  /** The members that this one ignores: names by ids. */
  readonly ignored: IMap<MemberId, string>
  /**
   * The server counts unread messages, and says which members a message mentions. Otherwise the client finds out
   * itself.
   */
  readonly counted: boolean
}

export const emptyView: View = {
  ...{ session: '', member: '', name: '', account: false, credential: null, counted: false },
  ...{ administrator: false, modes: NO_MODES, ignored: IMap<MemberId, string>() },
  rooms: IMap<string, RoomView>(),
}

export function evolveView(view: View, reply: Incoming['reply']): View {
  switch (reply.type) {
    // Messages change nothing in a room.
    case 'gap':
      return view
    case 'welcome': {
      const { session, id: member = '', name, account = false, credential = null } = reply
      const { administrator = false, modes = NO_MODES } = reply
      const ignored = IMap((reply.ignored ?? []).map(one => [one.id, one.name]))
      const standing = { account, credential, administrator, modes, ignored }
      // Without a gap, the view is still valid, own name included; the changes follow.
      if (reply.resumed && !reply.gap && session === view.session) return { ...view, ...standing }
      return { ...emptyView, session, member, name, ...standing }
    }
    case 'conversations':
      return { ...view, counted: true }
    case 'registered':
      return evolveRooms(isOwn(view, { ...reply, from: reply.name }) ? { ...view, account: true } : view, reply)
    case 'room': {
      const members = IMap(
        reply.members.map(member => [member.name, { id: '', away: null, ...member } satisfies MemberView]),
      )
      const counted = view.counted || reply.unread !== undefined
      const { room, topic, roles = {}, modes = {}, pins = [], hands = [] } = reply
      const pinned = pins.length === 0 ? {} : { pins }
      const raised = hands.length === 0 ? {} : { hands }
      const next = { room, topic, members, roles: IMap(Object.entries(roles)), modes, ...pinned, ...raised }
      return { ...view, counted, rooms: view.rooms.set(room, next) }
    }
    case 'ignored': {
      const { id, name, off = false } = reply
      return { ...view, ignored: off ? view.ignored.delete(id) : view.ignored.set(id, name) }
    }
    case 'deleted': {
      const { type, room = null, target, by, at } = reply
      return { ...view, rooms: view.rooms.map(one => evolveRoom(one, { type, room, target, by }, at)) }
    }
    case 'moderated':
      return evolveRooms(reply.room === undefined ? ofServer(view, reply) : view, reply)
    default:
      return evolveRooms(view, reply)
  }
}

/** An act on the whole server. */
function ofServer(view: View, { act, id, mode, set = null }: ReplyOf<'moderated'>): View {
  if (mode !== undefined) return { ...view, modes: withMode(view.modes, mode, set) }
  if (id === undefined || id !== view.member) return view
  return act === 'admin' || act === 'unadmin' ? { ...view, administrator: act === 'admin' } : view
}

/** Whether this member sent it. By id if possible: the name may have been another member's before. */
export const isOwn = (view: View, { id, from }: { readonly id?: string; readonly from: string }): boolean =>
  id === undefined || view.member === '' ? from === view.name : id === view.member

function evolveRooms(view: View, reply: Reply): View {
  const event = roomEvent(reply)
  if (!event || !('at' in reply)) return view
  if (event.type === 'parted' && event.name === view.name) return { ...view, rooms: view.rooms.delete(event.room) }
  const name = event.type === 'renamed' && event.from === view.name ? event.to : view.name
  return { ...view, name, rooms: view.rooms.map(room => evolveRoom(room, event, reply.at)) }
}
