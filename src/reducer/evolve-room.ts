/** evolveRoom: how an event changes a room's view. The server and every client fold with this one function. */
import type { DeletedEvent, ModeratedEvent, RoomEvent } from '../model/event.ts'
import { withMode } from '../model/keeping/modes.ts'
import type { RoomRole } from '../model/keeping/roles.ts'
import type { MemberView, RoomView } from '../model/view.ts'
import { withPin } from './messages/pinned.ts'
import { withHands, withoutHand, withRenamedHand } from './questions/raised.ts'

/** `at`: milliseconds since the epoch. Events of other rooms or of absent members return the same view. */
export function evolveRoom(view: RoomView, event: RoomEvent | ModeratedEvent | DeletedEvent, at: number): RoomView {
  switch (event.type) {
    case 'joined':
      if (event.room !== view.room) return view
      return withMember(view, {
        id: event.member,
        name: event.name,
        since: at,
        away: event.away,
        ...(event.account && { account: true }),
        ...(event.picture !== undefined && { picture: event.picture }),
      })
    case 'parted':
      return event.room === view.room ? withoutHand(without(view, event.name), event.name) : view
    case 'quit':
      return withoutHand(without(view, event.name), event.name)
    case 'renamed': {
      const member = view.members.get(event.from)
      if (!member) return view
      return withMember(without(withRenamedHand(view, event), event.from), { ...member, name: event.to })
    }
    case 'away': {
      const member = view.members.get(event.name)
      return member ? withMember(view, { ...member, away: event.note }) : view
    }
    case 'registered': {
      const member = view.members.get(event.name)
      return member ? withMember(view, { ...member, account: true }) : view
    }
    case 'topic':
      if (event.room !== view.room) return view
      return { ...view, topic: event.topic === '' ? null : { text: event.topic, by: event.by, at } }
    case 'moderated':
      return event.room === view.room ? moderated(view, event) : view
    case 'pictured': {
      const member = view.members.get(event.name)
      if (!member) return view
      const { picture: _, ...rest } = member
      return withMember(view, event.picture === null ? rest : { ...rest, picture: event.picture })
    }
    case 'pinned':
    case 'deleted':
      return withPin(view, event, at)
    case 'hands':
      return event.room === view.room ? withHands(view, event.hands) : view
    case 'answered':
    case 'concluded':
    case 'said':
      return view
  }
}

function moderated(view: RoomView, { act, whoId, mode, set = null }: ModeratedEvent): RoomView {
  if (mode !== undefined) return { ...view, modes: withMode(view.modes, mode, set) }
  if (whoId === null) return view
  const role = GIVES[act]
  if (role) return { ...view, roles: view.roles.set(whoId, role) }
  // A banned member has no role any more.
  return TAKES.has(act) ? { ...view, roles: view.roles.delete(whoId) } : view
}

const GIVES: Readonly<Partial<Record<ModeratedEvent['act'], RoomRole>>> = { op: 'operator', voice: 'voice' }
const TAKES: ReadonlySet<ModeratedEvent['act']> = new Set(['deop', 'devoice', 'ban'])

const withMember = (view: RoomView, member: MemberView): RoomView => ({
  ...view,
  members: view.members.set(member.name, member),
})

const without = (view: RoomView, name: string): RoomView =>
  view.members.has(name) ? { ...view, members: view.members.delete(name) } : view
