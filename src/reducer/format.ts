/** The version of the rules. Inputs raise it, nothing lowers it: old inputs keep their meaning (docs/spec.md, R9). */
import type { Event } from '../model/event.ts'
import { FORMAT } from '../model/format.ts'
import type { Input } from '../model/input.ts'
import type { State } from '../model/state.ts'

export const decideFormat = (state: State, { format }: Extract<Input, { type: 'format' }>): readonly Event[] =>
  format > state.format ? [{ type: 'formatted', format }] : []

/** Whether an input begins rules that this program doesn't know. The program must not fold what follows. */
export const isBeyond = (input: Input): boolean => input.type === 'format' && !(input.format <= FORMAT)
