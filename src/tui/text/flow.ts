/** Spans in lines of a limited width: wrapped as one text, each piece with its own style. */
import type { Span, StyledLine } from './line.ts'
import { wrap } from './wrap.ts'

/** `first` columns on the first line, `rest` on the others. */
export function flow(spans: StyledLine, first: number, rest: number): readonly StyledLine[] {
  const [only] = spans
  const lines = wrap(spans.map(({ text }) => text).join(''), first, rest)
  if (spans.length === 1 && only) return lines.map(text => [{ ...only, text }])
  const taken = takes(spans)
  return lines.map(line => {
    const drawn: { from: Span; text: string }[] = []
    for (let k = 0; k < line.length; k++) {
      const from = taken(line[k] ?? '')
      const last = drawn.at(-1)
      if (last && from === last.from) last.text += line[k]
      else if (from) drawn.push({ from, text: line[k] ?? '' })
    }
    return drawn.map(({ from, text }) => ({ ...from, text }))
  })
}

/** The span that the next unit comes from. Skips characters that wrapping has dropped, such as blanks at an end. */
function takes(spans: StyledLine): (unit: string) => Span | undefined {
  let index = 0
  let at = 0
  return unit => {
    for (let one = spans[index]; one; one = spans[++index], at = 0) {
      const found = one.text.indexOf(unit, at)
      if (found < 0) continue
      at = found + 1
      return one
    }
    return undefined
  }
}
