/** The room as the journal tells it: the latest kept state, and every entry after it folded again. */
import type { Entry } from '../model/input.ts'
import { initialState, type State } from '../model/state.ts'
import type { Journal } from '../port/journal.ts'
import { fromSnapshot } from '../reducer/snapshot.ts'
import { after, step } from '../reducer/step.ts'

/**
 * Entries under quarantine are passed over; one that proves poisonous only now is given to `quarantine`, and passed over
 * too. Throws what reading the journal throws.
 */
export function recover(journal: Journal, quarantine: (entry: Entry, error: unknown) => void): State {
  const kept = journal.snapshot()
  let state = (kept && fromSnapshot(kept.state)) ?? initialState
  for (const entry of journal.read(state.seq)) {
    if (entry.quarantined !== null) continue
    try {
      state = after(step(state, entry))
    } catch (error) {
      quarantine(entry, error)
    }
  }
  return state
}
