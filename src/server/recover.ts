/** The room as the journal tells it: every entry folded again, those under quarantine passed over. */
import { initialState, type State } from '../model/state.ts'
import type { Journal } from '../port/journal.ts'
import { after, step } from '../reducer/step.ts'

export function recover(journal: Journal): State {
  let state = initialState
  for (const entry of journal.read(0)) {
    if (entry.quarantined === null) state = after(step(state, entry))
  }
  return state
}
