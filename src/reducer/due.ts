/** nextDue: when the next tick is needed, so that no clock is read and no timer runs while nothing waits. */
import type { State } from '../model/state.ts'

/** Milliseconds since the epoch, or null while nothing is due. */
export const nextDue = (state: State): number | null =>
  state.due.size === 0 ? null : state.due.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
