/** A table for the host: aligned columns. The least needed ones are left out until it fits. */
import { screenWidth } from '../../../terminal/prompt.ts'

export type Table = {
  readonly heads: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Heads of columns to leave out, one after another, until the table fits. */
  readonly leastNeeded: readonly string[]
}

/** A line of heads, and a line for each row, at most `columns` wide if that can be. */
export function tableLines({ heads, rows, leastNeeded }: Table, columns: number): readonly string[] {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map(row => screenWidth(row[column] ?? ''))))
  const shown = fitting(heads, widths, leastNeeded, columns)
  const line = (cells: readonly string[]): string =>
    shown
      .map(column => (cells[column] ?? '') + ' '.repeat((widths[column] ?? 0) - screenWidth(cells[column] ?? '')))
      .join('  ')
      .trimEnd()
  return [line(heads), ...rows.map(line)]
}

/** The indexes of the columns that fit. */
function fitting(
  heads: readonly string[],
  widths: readonly number[],
  leastNeeded: readonly string[],
  columns: number,
): readonly number[] {
  let shown = widths.map((_, column) => column)
  const wide = (): number => shown.reduce((sum, column) => sum + (widths[column] ?? 0) + 2, -2)
  for (const head of leastNeeded) {
    if (wide() <= columns) break
    shown = shown.filter(column => heads[column] !== head)
  }
  return shown
}
