/** Figures of several servers side by side, and the figures that rxchat must reach beside them. */
import type { Figures } from './load.ts'
import { median, type Sheet, type Show, sheet, summary, type Values } from './table.ts'

export const values = (runs: readonly Figures[], figure: string): Values => runs.map(run => run[figure] ?? Number.NaN)

/** All runs of each server, by its name. */
export type Runs = ReadonlyMap<string, readonly Figures[]>

export type Row = { readonly label: string; readonly figure: string; readonly show: Show }

export const compared = (title: string, rows: readonly Row[], runs: Runs): Sheet =>
  sheet(
    [title, ...runs.keys()],
    rows.map(({ label, figure, show }) => [
      label,
      ...[...runs.values()].map(of => (has(of, figure) ? summary(values(of, figure), show) : '')),
    ]),
  )

const has = (of: readonly Figures[], figure: string): boolean => of.some(run => run[figure] !== undefined)

/** The median of a figure of a server. NaN: it was not measured. */
export const medianOf = (runs: Runs, server: string, figure: string): number =>
  median(values(runs.get(server) ?? [], figure))

/** `is` is to be at least `bound`, or at most. A bound that was not measured is left out. */
export type Goal = {
  readonly label: string
  readonly is: number
  readonly bound: number
  readonly side: 'least' | 'most'
  readonly show: Show
}

export function goalsOf(title: string, goals: readonly Goal[]): readonly Sheet[] {
  const known = goals.filter(({ is, bound }) => !Number.isNaN(is) && !Number.isNaN(bound))
  const rows = known.map(({ label, is, bound, side, show }) => [
    label,
    show(is),
    `${side === 'least' ? '≥' : '≤'} ${show(bound)}`,
    (side === 'least' ? is >= bound : is <= bound) ? 'met' : 'missed',
  ])
  return rows.length === 0 ? [] : [sheet([title, 'rxchat', 'goal', ''], rows)]
}
