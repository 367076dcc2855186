/** The audience of a public event. The fan-out delivers to exactly these, and to nobody else (docs/spec.md, R3). */
import type { RoutedEvent } from '../model/event.ts'
import type { MemberId, SessionId } from '../model/input.ts'
import { LOBBY } from '../model/name/standing.ts'

export type Audience =
  /** All members of the rooms, and `member` itself, which may be in no room; each once. */
  | { readonly to: 'rooms'; readonly rooms: readonly string[]; readonly member: MemberId | null }
  /** All members: those of the room and those of other rooms. */
  | { readonly to: 'everyone'; readonly room: string }
  | { readonly to: 'sessions'; readonly sessions: readonly SessionId[] }

export function audience(event: RoutedEvent): Audience {
  switch (event.type) {
    case 'joined':
    case 'parted':
    case 'topic':
    case 'pinned':
    case 'hands':
    case 'answered':
    case 'concluded':
    case 'finished':
      return { to: 'rooms', rooms: [event.room], member: null }
    case 'said':
      return event.everyone && event.room === 'lobby'
        ? { to: 'everyone', room: event.room }
        : { to: 'rooms', rooms: [event.room], member: null }
    case 'quit':
      return { to: 'rooms', rooms: event.rooms, member: null }
    case 'renamed':
    case 'registered':
    case 'away':
    case 'pictured':
      return { to: 'rooms', rooms: event.rooms, member: event.member }
    case 'moderated':
      if (event.to === 'everyone') return { to: 'everyone', room: LOBBY }
      if (event.to !== 'room') return { to: 'sessions', sessions: event.to }
      return { to: 'rooms', rooms: event.room === null ? [] : [event.room], member: null }
    case 'held':
    case 'told':
      return { to: 'sessions', sessions: event.sessions }
    case 'deleted':
    case 'edited':
    case 'reacted':
      if (event.room === null) return { to: 'sessions', sessions: event.sessions }
      return event.everyone ? { to: 'everyone', room: event.room } : { to: 'rooms', rooms: [event.room], member: null }
  }
}
