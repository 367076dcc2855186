/** Folds a journal once more, without timers and without readers. Shows the events of every input. */
import { DataError } from '../journal/data-error.ts'
import type { Base } from '../journal/recording.ts'
import type { Entry } from '../model/input.ts'
import { initialState, type State } from '../model/state.ts'
import type { Step } from '../model/step.ts'
import { isBeyond } from '../reducer/format.ts'
import { fromSnapshot } from '../reducer/snapshot.ts'
import { step } from '../reducer/step.ts'

export type ReplayOutcome =
  | { readonly type: 'folded'; readonly step: Step }
  /** The server quarantined the input at the time. */
  | { readonly type: 'quarantined'; readonly reason: string }
  /** The input throws now. The replay skips it, as a server would at its next start. */
  | { readonly type: 'poisoned'; readonly reason: string }

export class Replay {
  #state: State

  /** Throws DataError if another version of the reducer wrote the snapshot at the base. */
  constructor(base: Base) {
    const state = base.state === null ? initialState : fromSnapshot(base.state)
    if (state === null) {
      throw new DataError(`The snapshot after input ${base.seq} is from another version. Use the rxchat that made it.`)
    }
    this.#state = state
  }

  /** The room after the last input. */
  get state(): State {
    return this.#state
  }

  /** Throws DataError at the start of rules that this program doesn't know. */
  fold(entry: Entry): ReplayOutcome {
    if (entry.quarantined !== null) return { type: 'quarantined', reason: entry.quarantined }
    let done: Step
    try {
      done = step(this.#state, entry)
    } catch (error) {
      return { type: 'poisoned', reason: String(error) }
    }
    if (isBeyond(done)) {
      throw new DataError(`From input ${entry.seq} on the journal is of a newer rxchat. Use that one.`)
    }
    this.#state = done.after
    return { type: 'folded', step: done }
  }
}
