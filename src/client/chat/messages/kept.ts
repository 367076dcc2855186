/**
 * A chat's messages beside its timelines: those that were fetched one by one (fetched.ts), and the signals of typing.
 */
import { Map as IMap } from 'immutable'
import type { Said } from '../conversation/timeline.ts'
import type { Where } from '../place.ts'

/** `asked`: it's on its way. `absent`: there is none that this member may read. */
export type Fetched = Said | 'asked' | 'absent'

/** By their numbers, the oldest request first. */
export type FetchedMessages = ReadonlyMap<number, Fetched>

/** `until`: when it's over, by this client's clock. */
export type Typist = { readonly name: string; readonly until: number }

/** By place, and in it by the ids of members. */
export type Typing = IMap<Where, IMap<string, Typist>>

export const nothingKept = {
  fetched: new Map() as FetchedMessages,
  lookups: IMap<number, readonly number[]>(),
  typing: IMap() as Typing,
}
