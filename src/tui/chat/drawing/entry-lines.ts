/** One entry of a conversation as lines of a limited width. */

import type { Entry, Said } from '../../../client/chat/conversation/timeline.ts'
import { happened, missing, movements, UNKNOWN_MESSAGE } from '../../../client/chat/sentences.ts'
import type { Pending } from '../../../client/session/outbox/pending.ts'
import type { Shown } from '../../../client/view/entry-rows.ts'
import { nameColour, type Role } from '../../../client/view/theme.ts'
import type { ClockFace } from '../../clock-face.ts'
import { type Span, type Style, type StyledLine, span } from '../../text/line.ts'
import { flowAll, type Paragraph, paragraph } from '../../text/paragraphs.ts'
import { cut, padLeft, widest } from '../../text/width.ts'
import { colouredSoFar } from './code-colours.ts'
import { type SpanReader, saidParagraphs } from './message-spans.ts'

/** The columns of a line: a mark, the time, the sender, and the text, which gets its own column if there's room. */
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

/** The marks before entries with a special state. */
const MARKS = { mention: '▌', replayed: '~', failed: '!', sent: '…', unsent: '…', unsure: '?' } as const

/**
 * `reading`: the reader of the texts; null: texts are drawn without links and names. `follows`: the message continues the
 * one above it, so its sender isn't named again.
 */
export function shownLines(
  shown: Shown,
  columns: Columns,
  face: ClockFace,
  reading: SpanReader | null,
  follows = false,
): readonly StyledLine[] {
  switch (shown.kind) {
    case 'day':
      return [[span(cut(`── ${face.day(shown.at)} ──`, columns.all), { role: 'quiet' })]]
    case 'mark':
      return [[span(cut('── new ──', columns.all), { role: 'warning' })]]
    case 'run': {
      const at = shown.run.at(-1)?.at ?? 0
      return event(columns, face.time(at), movements(shown.run))
    }
    case 'entry':
      return entryLines(shown.entry, columns, face, reading, follows)
  }
}

type Layout = {
  readonly all: number
  readonly follows: boolean
  readonly coloured: number
  readonly lines: readonly StyledLine[]
}

/** The layout for these columns is cached as long as its entry, but with code only until that has its colours. */
const known = new WeakMap<Entry, Layout>()

function entryLines(
  entry: Entry,
  columns: Columns,
  face: ClockFace,
  reading: SpanReader | null,
  follows: boolean,
): readonly StyledLine[] {
  const found = known.get(entry)
  const coloured = colouredSoFar()
  const isSame = found?.all === columns.all && found.follows === follows
  if (found && isSame && (found.coloured === coloured || !hasBlock(entry))) return found.lines
  const lines = layOut(entry, columns, face, reading, follows)
  known.set(entry, { all: columns.all, follows, coloured, lines })
  return lines
}

const hasBlock = (entry: Entry): boolean => entry.kind === 'said' && /```|~~~/.test(entry.text ?? '')

function layOut(
  entry: Entry,
  columns: Columns,
  face: ClockFace,
  reading: SpanReader | null,
  follows: boolean,
): readonly StyledLine[] {
  const time = face.time(entry.at)
  switch (entry.kind) {
    case 'said':
      return entry.held ? heldLines(entry, columns, time) : saidLines(entry, columns, time, reading, follows)
    case 'happened':
      return event(columns, time, happened(entry), entry.mine ? 'warning' : 'quiet')
    case 'gap':
      return row(columns, ' ', '', span('[*]', { role: 'warning' }), missing(entry), { role: 'warning' })
    case 'failed': {
      const why = entry.why ?? UNKNOWN_MESSAGE
      const style: Style = { role: 'error' }
      return [
        ...row(columns, MARKS.failed, time, span('not sent', style), entry.text, style),
        ...row(columns, ' ', '', span('', style), why, { role: 'quiet' }),
      ]
    }
    case 'note': {
      const style: Style = { role: entry.tone === 'error' ? 'error' : 'quiet' }
      return entry.lines.flatMap(line => hang([span(' ')], 1, 3, [paragraph([span(line, style)])], columns.all))
    }
  }
}

function saidLines(
  { from, text, action, mention, replayed, mine }: Said,
  columns: Columns,
  time: string,
  reading: SpanReader | null,
  follows: boolean,
): readonly StyledLine[] {
  const mark = mention ? MARKS.mention : replayed ? MARKS.replayed : ' '
  const name: Style = { name: nameColour(from), bold: mine }
  // Without times, only the name shows where a message begins.
  const who = span(follows && columns.time ? '' : from, name)
  if (text === null) return row(columns, mark, time, who, '(deleted)', { role: 'quiet', italic: true })
  const style: Style = mention ? { role: 'mention' } : {}
  const slanted = { ...style, italic: true }
  return action
    ? flowing(
        columns,
        mark,
        time,
        span('*', name),
        begunWith(span(`${from} `, slanted), saidParagraphs(text, reading, mention, slanted)),
      )
    : flowing(columns, mark, time, who, saidParagraphs(text, reading, mention, style))
}

/** The name of who acts is the first word of the text. */
function begunWith(name: Span, [first, ...more]: readonly Paragraph[]): readonly Paragraph[] {
  if (!first || first.lead.length > 0) return [paragraph([name]), ...(first ? [first] : []), ...more]
  return [paragraph([name, ...first.spans]), ...more]
}

/** A message that waits for a keeper: one's own, or one that one may release. */
function heldLines({ seq, from, text, mine }: Said, columns: Columns, time: string): readonly StyledLine[] {
  const how = mine ? 'waits until somebody who keeps order has read it' : `waits: /release ${seq} or /drop ${seq}`
  return [
    ...row(columns, MARKS.sent, time, span(from, { role: 'quiet' }), text ?? '', { role: 'quiet' }),
    ...row(columns, ' ', '', span('', {}), how, { role: 'warning' }),
  ]
}

/** A message of one's own that the server hasn't confirmed. */
export function pendingLines({ asked, state }: Pending, name: string, columns: Columns): readonly StyledLine[] {
  if (asked.type !== 'say' && asked.type !== 'tell') return []
  return row(columns, MARKS[state], '', span(name, { role: 'quiet' }), asked.text, { role: 'quiet' })
}

const event = (columns: Columns, time: string, text: string, role: Role = 'quiet'): readonly StyledLine[] =>
  row(columns, ' ', time, span('[*]', { role }), text, { role })

const row = (
  columns: Columns,
  mark: string,
  time: string,
  who: Span,
  text: string,
  style: Style,
): readonly StyledLine[] => flowing(columns, mark, time, who, [paragraph([span(text, style)])])

function flowing(
  columns: Columns,
  mark: string,
  time: string,
  who: Span,
  text: readonly Paragraph[],
): readonly StyledLine[] {
  const { all, names } = columns
  const start: Span[] = [span(mark, { role: mark === MARKS.failed ? 'error' : mark === ' ' ? 'text' : 'mention' })]
  if (columns.time) start.push(span(time.padEnd(TIME), { role: 'quiet' }))
  const begun = columns.time ? 1 + TIME : 1
  if (names > 0) {
    const label = { ...who, text: `${padLeft(cutName(who.text, names), names)} ` }
    return hang([...start, label], begun + names + 1, begun + names + 1, text, all)
  }
  const label = who.text === '' ? '' : `${cutName(who.text, Math.max(1, Math.min(24, all - begun - 2)))} `
  return hang([...start, { ...who, text: label }], begun + widest(label), begun === 1 ? 2 : begun, text, all)
}

/** The host's screen has `#room name`. The room is cut first: who spoke matters more. */
function cutName(text: string, width: number): string {
  const gap = text.startsWith('#') ? text.indexOf(' ') : -1
  if (gap < 0 || widest(text) <= width) return cut(text, width)
  const name = text.slice(gap + 1)
  const left = width - widest(name) - 1
  return left < 3 ? cut(name, width) : `${cut(text.slice(0, gap), left)} ${name}`
}

/** The text after the head of its first line, with the other lines indented. */
function hang(
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

const indented = (line: StyledLine, margin: number): StyledLine => [span(' '.repeat(margin)), ...line]
