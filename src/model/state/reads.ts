/** Read positions: how far a member has read each of its rooms and direct conversations. They only move forward. */
import { OrderedMap } from 'immutable'
import type { MemberId } from '../ids.ts'

/** A room, or the direct messages exchanged with one member. */
export type Place = { readonly room: string } | { readonly with: MemberId }

export type Reads = {
  /** The position in every place that isn't listed. */
  readonly floor: number
  /** The `seq` of the last input read, by the key of the place. The one that moved last stands last. */
  readonly places: OrderedMap<string, number>
}

export const readsFrom = (floor: number): Reads => ({ floor, places: OrderedMap<string, number>() })

/** No name of a room has an `@`. */
export const placeKey = (place: Place): string => ('room' in place ? place.room : `@${place.with}`)

export const placeOf = (key: string): Place => (key.startsWith('@') ? { with: key.slice(1) } : { room: key })

/** How far a member has read a place. */
export const positionIn = (reads: Reads, place: Place): number => reads.places.get(placeKey(place)) ?? reads.floor
