/** nextDue: when the next tick is needed. While nothing is due, no clock is read and no timer runs. */
import type { State } from '../model/state.ts'

/** Milliseconds since the epoch, or null if nothing is due. Computed anew only when a part of it has changed. */
export function nextDue({ due, fresh, absent }: State): number | null {
  if (due.size === 0 && fresh.size === 0 && absent.size === 0) return null
  if (found?.due !== due || found.fresh !== fresh || found.absent !== absent) {
    // The first of `fresh` and of `absent` is the earliest.
    const firsts = [fresh.first(), absent.first()].filter(until => until !== undefined)
    found = { due, fresh, absent, least: Math.min(...due.values(), ...firsts) }
  }
  return found.least
}

/** Cache of the last answer. It changes no answer. */
let found: (Pick<State, 'due' | 'fresh' | 'absent'> & { readonly least: number }) | null = null
