/** nextDue: when the next tick is needed. While nothing is due, no clock is read and no timer runs. */
import type { State } from '../model/state.ts'

/** Milliseconds since the epoch, or null if nothing is due. Computed anew only when `due` has changed. */
export function nextDue({ due }: State): number | null {
  if (due.size === 0) return null
  if (found?.due !== due) found = { due, least: Math.min(...due.values()) }
  return found.least
}

/** Cache of the last answer. It changes no answer. */
let found: { readonly due: State['due']; readonly least: number } | null = null
