/** The rules of a place that aren't in its view, and the keys of its ends. */
import { NO_RULES, placeOfRules, type Rules } from '../../model/state/keeping.ts'
import type { State } from '../../model/state.ts'

export const rulesOf = ({ rules }: State, room: string | null): Rules => rules.get(placeOfRules(room)) ?? NO_RULES

export const withRules = (state: State, room: string | null, rules: Rules): State => ({
  ...state,
  rules: state.rules.set(placeOfRules(room), rules),
})

export const heldKey = (seq: number): string => `held:${seq}`
export const modeKey = (room: string | null): string => `mode:${placeOfRules(room)}`
export const sanctionKey = (id: number): string => `sanction:${id}`
