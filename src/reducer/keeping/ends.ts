/** Times at which things end by themselves. A tick ends them in the same order on every server and in every replay. */
import type { State } from '../../model/state.ts'
import { withoutTime, withTime } from '../due.ts'

/** Milliseconds since the epoch; null: it doesn't end by itself. */
export const endOf = ({ ends }: State, key: string): number | null => ends.get(key) ?? null

export const withEnd = (state: State, key: string, until: number | null): State =>
  until === null ? withoutEnd(state, key) : { ...state, ends: withTime(state.ends, key, until) }

export const withoutEnd = (state: State, key: string): State =>
  state.ends.has(key) ? { ...state, ends: withoutTime(state.ends, key) } : state
