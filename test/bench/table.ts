/** Figures as people read them: medians with their spread, in columns. */

/** All runs' values of one figure. */
export type Values = readonly number[]

export type Show = (value: number) => string

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 })

export const count: Show = value => compact.format(value)
export const seconds: Show = value => `${value.toFixed(2)} s`
export const cores: Show = value => value.toFixed(2)
export const bytes: Show = value => value.toFixed(0)
export const kibibytes: Show = value => `${(value / 1024).toFixed(1)} KiB`
/** From microseconds. */
export const milliseconds: Show = value => `${(value / 1000).toFixed(2)} ms`

export function median(values: Values): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1)
  return (low + high) / 2
}

/** `2.04M (1.98M..2.11M)`; without the spread where there is none. */
export function summary(values: Values, show: Show): string {
  if (values.length === 1) return show(median(values))
  return `${show(median(values))} (${show(Math.min(...values))}..${show(Math.max(...values))})`
}

/** A table: its head, its rows, each cell as a text. The first cell of the head names the rows. */
export type Sheet = { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

export const sheet = (head: Sheet['head'], rows: Sheet['rows']): Sheet => ({ head, rows })

/** Lines of text: the first column to the left, the others to the right, under a head. */
export function table({ head, rows }: Sheet): readonly string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    widths
      .map((width, column) => (column === 0 ? (row[column] ?? '').padEnd(width) : (row[column] ?? '').padStart(width)))
      .join('   ')
      .trimEnd()
  return [line(head), widths.map(width => '─'.repeat(width)).join('   '), ...rows.map(line)]
}
