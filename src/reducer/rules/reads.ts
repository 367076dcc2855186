/** Read positions: they only move forward, and not beyond the journal (docs/spec.md, I7). */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf, MemberId } from '../../model/input.ts'
import { READ_PLACES_MAX } from '../../model/limits.ts'
import { type Place, placeKey, positionIn, type Reads, readsFrom } from '../../model/state/reads.ts'
import type { State } from '../../model/state.ts'
import { memberOf } from './lookup.ts'
import { refuse } from './refuse.ts'

type Read = { readonly place: Place; readonly seq: number }

/** Without a move there is no event. */
export function decideRead(state: State, input: InputOf<'read'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  const now = readsOf(state, member.id)
  const reads = input.reads.slice(0, READ_PLACES_MAX).flatMap(({ place, seq }): readonly Read[] => {
    const to = Math.min(seq, state.seq)
    const isOwn = 'with' in place || member.rooms.has(place.room)
    return isOwn && to > positionIn(now, place) ? [{ place, seq: to }] : []
  })
  return reads.length === 0 ? [] : [{ type: 'read', session: input.session, member: member.id, reads }]
}

/** A member without positions has read everything. */
export const readsOf = ({ reads, seq }: State, member: MemberId): Reads => reads.get(member) ?? readsFrom(seq)

export const evolveRead = (state: State, { member, reads }: EventOf<'read'>): State =>
  reads.reduce((now, { place, seq }) => withRead(now, member, place, seq), state)

/** A member that joins a room for the first time has read the earlier messages. */
export function withFirstRead(state: State, member: MemberId, room: string): State {
  const reads = state.reads.get(member)
  return !reads || reads.places.has(room) ? state : withRead(state, member, { room }, state.seq)
}

/** The place that moved the longest ago is dropped to make room. Its read messages stay read, by the floor. */
function withRead(state: State, member: MemberId, place: Place, seq: number): State {
  const { floor, places } = readsOf(state, member)
  const key = placeKey(place)
  const moved = places.delete(key).set(key, Math.max(seq, places.get(key) ?? floor))
  if (moved.size <= READ_PLACES_MAX) return { ...state, reads: state.reads.set(member, { floor, places: moved }) }
  const [oldest, position] = moved.entrySeq().first() ?? ['', 0]
  const reads = { floor: Math.max(floor, position), places: moved.delete(oldest) }
  return { ...state, reads: state.reads.set(member, reads) }
}

/** The positions of a guest, and its list of ignored members, go with its last session. */
export const withoutReads = (state: State, member: MemberId): State =>
  state.accounts.has(member) || !state.reads.has(member)
    ? state
    : { ...state, reads: state.reads.delete(member), ignored: state.ignored.delete(member) }
