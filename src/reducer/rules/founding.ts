/**
 * Founders of rooms. The room of an account stays when it is empty, with its topic, as long as the account comes. An
 * event of its own names the founder, after the `joined` that made the room.
 */
import type { Event, EventOf } from '../../model/event.ts'
import type { Input, InputOf, MemberId } from '../../model/input.ts'
import { ROOM_FOUNDED_MS, ROOMS_MAX, ROOMS_PER_FOUNDER } from '../../model/limits.ts'
import { LOBBY } from '../../model/name/standing.ts'
import type { State } from '../../model/state.ts'
import { acted } from '../keeping/log.ts'
import { knownName } from '../keeping/refusals.ts'
import { withoutRules } from '../keeping/rooms/gone.ts'
import { expelsMatched } from '../keeping/sanctions/matching.ts'
import { pictureMark } from '../messages/pictures.ts'
import { accountMark } from './lookup.ts'
import { refuse } from './refuse.ts'

type Joining = {
  readonly id: MemberId
  readonly name: string
  readonly away: string | null
  /** It becomes an account by the same input. */
  readonly registers?: boolean
}

/** The member joins these rooms. It founds rooms that don't exist yet, if it's an account that may found more. */
export function joins(state: State, joining: Joining, rooms: readonly string[]): readonly Event[] {
  const { id, name, away, registers = false } = joining
  const mark = registers ? ({ account: true } as const) : accountMark(state, id)
  const made = mark.account ? rooms.filter(room => !state.rooms.has(room)) : []
  const left = made.length === 0 ? 0 : ROOMS_PER_FOUNDER - foundedBy(state, id).length
  return rooms.flatMap((room): readonly Event[] => {
    const joined: Event = { type: 'joined', room, name, away, member: id, ...mark, ...pictureMark(state, id) }
    const k = made.indexOf(room)
    return k >= 0 && k < left ? [joined, { type: 'founded', room, by: id }] : [joined]
  })
}

/** The rooms that are there, or can be made. */
export function openable(state: State, rooms: readonly string[]): readonly string[] {
  let free = ROOMS_MAX - state.rooms.size
  return rooms.filter(room => state.rooms.has(room) || free-- > 0)
}

/** The rooms that an account founded, sorted. */
export const foundedBy = ({ founders }: State, id: MemberId): readonly string[] =>
  [...founders].flatMap(([room, by]) => (by === id ? [room] : [])).sort()

/** The host takes a room from its founder. */
export function decideRoomRemove(state: State, input: InputOf<'room-remove'>): readonly Event[] {
  const { room } = input
  if (!state.rooms.has(room) || room === LOBBY) return refuse(input, 'room-unknown', room)
  const by = state.founders.get(room)
  if (by === undefined) return demotes(state, room, input)
  const unfounded = { type: 'unfounded', room } as const
  return [...unfounds(state, room, input), ...expelsMatched(withoutFounder(state, unfounded), [by])]
}

/** The room has no founder any more. `input` null: nobody did it, but its time was over. */
export const unfounds = (state: State, room: string, input: Input | null): readonly Event[] => [
  ...demotes(state, room, input),
  { type: 'unfounded', room },
]

/** Members of the room see which member is no founder any more, also of a room that a guest has opened. */
function demotes(state: State, room: string, input: Input | null): readonly Event[] {
  const view = state.rooms.get(room)
  if (state.format < 7 || !view || view.members.size === 0) return []
  const founders = [...view.roles].filter(([, role]) => role === 'founder').map(([id]) => id)
  return founders
    .sort()
    .map(id => acted(state, input, { act: 'deop', room, who: knownName(state, id) ?? null, whoId: id }, 'room'))
}

export function evolveFounders(state: State, event: EventOf<'founded' | 'unfounded'>): State {
  if (event.type === 'founded') return { ...state, founders: state.founders.set(event.room, event.by) }
  return withoutFounder(state, event)
}

function withoutFounder(state: State, event: EventOf<'unfounded'>): State {
  const by = state.founders.get(event.room) ?? ''
  const founders = state.founders.delete(event.room)
  const view = state.rooms.get(event.room)
  const isEmpty = view?.members.size === 0
  const left = view && state.rooms.set(event.room, { ...view, roles: view.roles.delete(by) })
  const unfounded = {
    ...state,
    founders,
    rooms: isEmpty ? state.rooms.delete(event.room) : (left ?? state.rooms),
    absent: founders.includes(by) ? state.absent : state.absent.delete(by),
  }
  return isEmpty ? withoutRules(unfounded, event.room) : unfounded
}

/** A founder is here again, or has left: the end of its rooms is counted from now. */
export function withPresence(state: State, id: MemberId): State {
  if (!state.accounts.has(id)) return state
  const isHere = state.members.has(id)
  if (isHere) return state.absent.has(id) ? { ...state, absent: state.absent.delete(id) } : state
  if (foundedBy(state, id).length === 0) return state
  return { ...state, absent: state.absent.delete(id).set(id, state.at + ROOM_FOUNDED_MS) }
}
