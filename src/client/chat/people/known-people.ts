/**
 * The names of the people of private messages: each person's latest name, and each name's former holder
 * (private-people.ts).
 */
import { Map as IMap } from 'immutable'

/** The latest name under which a person was met, and the input of that. */
type Met = { readonly name: string; readonly seq: number }

/** Former holder of a name. Up to input `until` it was theirs; `exact`: no longer than that. */
type Former = { readonly id: string; readonly until: number; readonly exact: boolean }

export type People = {
  /** By the ids of members. */
  readonly met: IMap<string, Met>
  /** By names that their holders have given up. */
  readonly former: IMap<string, Former>
}

export const nobodyMet: People = { met: IMap(), former: IMap() }
