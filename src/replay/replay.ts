/** A journal folded once more, without time and without anybody who listens: what every input led to, then and now. */
import { DataError } from '../journal/data-error.ts'
import type { Base } from '../journal/recording.ts'
import type { Entry } from '../model/input.ts'
import { initialState, type State } from '../model/state.ts'
import { isBeyond } from '../reducer/format.ts'
import { fromSnapshot } from '../reducer/snapshot.ts'
import { after, type Step, step } from '../reducer/step.ts'

export type Outcome =
  | { readonly type: 'folded'; readonly step: Step }
  /** It was set aside when it came. */
  | { readonly type: 'quarantined'; readonly reason: string }
  /** It throws now; as a server would at its next start, the replay passes it over. */
  | { readonly type: 'poisoned'; readonly reason: string }

export class Replay {
  #state: State

  /** Throws DataError if another version of the reducer kept the state at the base. */
  constructor(base: Base) {
    const state = base.state === null ? initialState : fromSnapshot(base.state)
    if (state === null) {
      throw new DataError(`The kept state after input ${base.seq} is of another version. Use the rxchat that kept it.`)
    }
    this.#state = state
  }

  /** The room after the last input. */
  get state(): State {
    return this.#state
  }

  /** Throws DataError where rules begin that this program does not know. */
  fold(entry: Entry): Outcome {
    if (isBeyond(entry.input)) {
      throw new DataError(`From input ${entry.seq} on the journal is of a newer rxchat. Use that one.`)
    }
    if (entry.quarantined !== null) return { type: 'quarantined', reason: entry.quarantined }
    try {
      const done = step(this.#state, entry)
      this.#state = after(done)
      return { type: 'folded', step: done }
    } catch (error) {
      return { type: 'poisoned', reason: String(error) }
    }
  }
}
