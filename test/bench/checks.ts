/** Faults that must not occur while figures are taken: a fast server that loses messages is none. */
import { values } from './comparison.ts'
import type { Figures, Phase } from './load.ts'
import type { Plot } from './plot.ts'
import type { Sheet, Values } from './table.ts'

/** The result of a part. `wrong`: deliveries that were not exactly once and in order. */
export type Report = {
  readonly sheets: readonly Sheet[]
  readonly plots?: readonly Plot[]
  readonly wrong: readonly string[]
}

/** Counters that must be 0 in every run of rxchat. */
export const WRONGS = ['lost', 'gaps', 'dups', 'reorder', 'corrupt', 'disconnects', 'errors'] as const

/** The farthest from 0 of each counter, over all runs and phases. */
export const wrongs = (phases: readonly Phase[], runs: readonly Figures[]): Values =>
  WRONGS.map(counter => Math.max(...phases.flatMap(({ name }) => values(runs, `${name}.${counter}`)).map(Math.abs)))
