/** A journal to read from its beginning to its end, wherever it lies: what the tools work on. Nothing can be written. */
import type { Entry } from '../model/input.ts'

export type Recording = {
  readonly epoch: string
  readonly base: Base
  /** The last input when it was opened, after which it ends; null: not known before the end. */
  readonly last: number | null
  /** All inputs after the base, in order, each once. Throws DataError on damage. */
  readonly batches: AsyncIterable<readonly Entry[]>
}

/** The room before the first input: as it was after input `seq`. `state` is null only where `seq` is 0. */
export type Base = { readonly seq: number; readonly state: string | null }
