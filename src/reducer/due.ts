/** nextDue: when the next tick is needed, so that no clock is read and no timer runs while nothing waits. */
import type { State } from '../model/state.ts'

/** Milliseconds since the epoch, or null while nothing is due. It is looked for anew only when somebody comes or goes. */
export function nextDue({ due }: State): number | null {
  if (due.size === 0) return null
  if (found?.due !== due) found = { due, least: Math.min(...due.values()) }
  return found.least
}

/** What was found last. Changes no answer. */
let found: { readonly due: State['due']; readonly least: number } | null = null
