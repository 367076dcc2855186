/** Two servers, or one in two situations, figure by figure, each held to its goal. */
import type { Figures } from './load.ts'
import { cores, median, type Show, summary, type Values } from './table.ts'

/** What the first median is to be beside the second: so many times it, or not much more. */
type Goal = { readonly text: string; readonly met: (one: number, other: number) => boolean }

export const atLeast = (times: number): Goal => ({ text: `≥ ${times}×`, met: (one, other) => one >= times * other })
export const atMost = (times: number): Goal => ({ text: `≤ ${times}×`, met: (one, other) => one <= times * other })
/** `more` is in the unit that `show` takes. */
export const atMostMore = (more: number, show: Show): Goal => ({
  text: `≤ ${show(more)} more`,
  met: (one, other) => one - other <= more,
})

export type Row = { readonly label: string; readonly figure: string; readonly show: Show; readonly goal?: Goal }

/** Cells: what is compared, both, their ratio, and whether the goal is met. */
export function compare(
  { label, figure, show, goal }: Row,
  first: readonly Figures[],
  second: readonly Figures[],
): readonly string[] {
  const [one, other] = [values(first, figure), values(second, figure)]
  const [ours, theirs] = [median(one), median(other)]
  const ratio = show === cores ? '' : `${(ours / theirs).toFixed(2)}×`
  const verdict = goal ? [goal.text, goal.met(ours, theirs) ? 'met' : 'missed'] : []
  return [label, summary(one, show), summary(other, show), ratio, ...verdict]
}

export const values = (runs: readonly Figures[], figure: string): Values => runs.map(run => run[figure] ?? Number.NaN)
