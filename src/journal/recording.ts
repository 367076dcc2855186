/** A journal of any kind, for reading only, from beginning to end. The tools work on it. */
import type { Entry } from '../model/input.ts'

export type Recording = {
  readonly epoch: string
  readonly base: Base
  /** The last input at the time of opening, where reading ends; null: unknown until the end. */
  readonly last: number | null
  /** All inputs after the base, in order, each once. Throws DataError on damage. */
  readonly batches: AsyncIterable<readonly Entry[]>
}

/** The room before the first input: its state after input `seq`. `state` is null only if `seq` is 0. */
export type Base = { readonly seq: number; readonly state: string | null }
