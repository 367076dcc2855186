/** Paragraphs in lines of a limited width, each line behind the lead of its paragraph: an indent, or the bar of a quote. */
import { flow } from './flow.ts'
import { lineWidest, type StyledLine, shorten } from './line.ts'

export type Paragraph = {
  readonly spans: StyledLine
  /** Before the first line, and before the others; equally wide. */
  readonly lead: StyledLine
  readonly leads: StyledLine
}

export const paragraph = (spans: StyledLine, lead: StyledLine = [], leads: StyledLine = lead): Paragraph => ({
  ...{ spans, lead, leads },
})

/** `first` columns on the first line of all, `rest` on the others. Leads take at most half of them, and none of a few. */
export function flowAll(paragraphs: readonly Paragraph[], first: number, rest: number): readonly StyledLine[] {
  return paragraphs.flatMap(({ spans, lead, leads }, k) => {
    const columns = k === 0 ? first : rest
    const [begin, others] = [led(lead, columns), led(leads, rest)]
    const lines = flow(spans, columns - lineWidest(begin), rest - lineWidest(others))
    return lines.map((line, row) => [...(row === 0 ? begin : others), ...line])
  })
}

const FEW = 8

const led = (lead: StyledLine, columns: number): StyledLine =>
  columns < FEW ? [] : shorten(lead, Math.floor(columns / 2))
