/** Two servers, or one in two situations, figure by figure, each held to its goal. */
import type { Figures } from './load.ts'
import { cores, median, type Show, summary, type Values } from './table.ts'

/** What the first median is to be, as so many times the second. */
type Goal = { readonly text: string; readonly met: (ratio: number) => boolean }

export const atLeast = (times: number): Goal => ({ text: `≥ ${times}×`, met: ratio => ratio >= times })
export const atMost = (times: number): Goal => ({ text: `≤ ${times}×`, met: ratio => ratio <= times })

export type Row = { readonly label: string; readonly figure: string; readonly show: Show; readonly goal?: Goal }

/** Cells: what is compared, both, their ratio, and whether the goal is met. */
export function compare(
  { label, figure, show, goal }: Row,
  first: readonly Figures[],
  second: readonly Figures[],
): readonly string[] {
  const [one, other] = [values(first, figure), values(second, figure)]
  const ratio = median(one) / median(other)
  const verdict = goal ? [goal.text, goal.met(ratio) ? 'met' : 'missed'] : []
  return [label, summary(one, show), summary(other, show), show === cores ? '' : `${ratio.toFixed(2)}×`, ...verdict]
}

export const values = (runs: readonly Figures[], figure: string): Values => runs.map(run => run[figure] ?? Number.NaN)
