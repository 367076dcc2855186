/** The columns of a line, and texts hung in them: a mark, the time, the sender, and the text below its beginning. */
import { type Span, type Style, type StyledLine, span } from '../../../text/line.ts'
import { flowAll, type Paragraph, paragraph } from '../../../text/paragraphs.ts'
import { cut, padLeft, widest } from '../../../text/width.ts'

/** The text gets a column of its own if there's room. */
export type Columns = {
  readonly all: number
  readonly time: boolean
  /** Columns for names; 0: the name stands before the text. */
  readonly names: number
}

const TIME = 'HH:MM '.length
const ROOMY = 64
const VERY_ROOMY = 110

export function columnsOf(all: number): Columns {
  return { all, time: all >= 36, names: all < ROOMY ? 0 : all < VERY_ROOMY ? 10 : 14 }
}

/** The column at which the text of a message begins on all lines but its first. */
export function marginOf({ all, time, names }: Columns): number {
  const begun = time ? 1 + TIME : 1
  return Math.min(names > 0 ? begun + names + 1 : begun === 1 ? 2 : begun, Math.floor(all / 2))
}

/** The mark of a message that wasn't sent. */
export const FAILED = '!'

export const row = (
  columns: Columns,
  mark: string,
  time: string,
  who: Span,
  text: string,
  style: Style,
): readonly StyledLine[] => flowing(columns, mark, time, who, [paragraph([span(text, style)])])

export function flowing(
  columns: Columns,
  mark: string,
  time: string,
  who: Span,
  text: readonly Paragraph[],
): readonly StyledLine[] {
  const { all, names } = columns
  const start: Span[] = [span(mark, { role: mark === FAILED ? 'error' : mark === ' ' ? 'text' : 'mention' })]
  if (columns.time) start.push(span(time.padEnd(TIME), { role: 'quiet' }))
  const begun = columns.time ? 1 + TIME : 1
  if (names > 0) {
    const label = { ...who, text: `${padLeft(cutName(who.text, names), names)} ` }
    return hang([...start, label], begun + names + 1, marginOf(columns), text, all)
  }
  const label = who.text === '' ? '' : `${cutName(who.text, Math.max(1, Math.min(24, all - begun - 2)))} `
  return hang([...start, { ...who, text: label }], begun + widest(label), marginOf(columns), text, all)
}

/** The host's screen has `#room name`. The room is cut first: the author matters more. */
function cutName(text: string, width: number): string {
  const gap = text.startsWith('#') ? text.indexOf(' ') : -1
  if (gap < 0 || widest(text) <= width) return cut(text, width)
  const name = text.slice(gap + 1)
  const left = width - widest(name) - 1
  return left < 3 ? cut(name, width) : `${cut(text.slice(0, gap), left)} ${name}`
}

/** The text after the head of its first line, with the other lines indented. */
export function hang(
  start: StyledLine,
  first: number,
  rest: number,
  text: readonly Paragraph[],
  all: number,
): readonly StyledLine[] {
  const margin = Math.min(rest, Math.floor(all / 2))
  // Too little room beside a name: the text begins below it.
  if (all - first < 4) {
    const room = Math.max(1, all - margin)
    return [start, ...flowAll(text, room, room).map(line => indented(line, margin))]
  }
  const [begun = [], ...more] = flowAll(text, all - first, Math.max(1, all - margin))
  return [[...start, ...begun], ...more.map(line => indented(line, margin))]
}

export const indented = (line: StyledLine, margin: number): StyledLine => [span(' '.repeat(margin)), ...line]
