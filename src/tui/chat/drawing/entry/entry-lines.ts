/** One entry of a conversation as lines of a limited width. */

import type { Entry, Said } from '../../../../client/chat/conversation/timeline.ts'
import { happened, missing, movements, UNKNOWN_MESSAGE } from '../../../../client/chat/sentences.ts'
import type { Pending } from '../../../../client/session/outbox/pending.ts'
import type { Shown } from '../../../../client/view/entry-rows.ts'
import { nameColour, type Role } from '../../../../client/view/theme.ts'
import type { ClockFace } from '../../../clock-face.ts'
import { type Span, type Style, type StyledLine, span } from '../../../text/line.ts'
import { type Paragraph, paragraph } from '../../../text/paragraphs.ts'
import { cut } from '../../../text/width.ts'
import { type Around, type AroundReader, withAround } from './around.ts'
import { colouredSoFar } from './code-colours.ts'
import { type Columns, FAILED, flowing, hang, row } from './columns.ts'
import { type SpanReader, saidParagraphs } from './message-spans.ts'

/** The marks before entries with a special state. */
const MARKS = { mention: '▌', replayed: '~', failed: FAILED, sent: '…', unsent: '…', unsure: '?' } as const

/** How texts are drawn. */
export type Drawing = {
  readonly columns: Columns
  readonly face: ClockFace
  /** The reader of the texts; absent: they are drawn without links and names. */
  readonly reading?: SpanReader
  /** The parts around a message; absent: none. */
  readonly around?: AroundReader
}

/** `follows`: the message continues the one above it, so its sender isn't named again. */
export function shownLines(shown: Shown, drawing: Drawing, follows = false): readonly StyledLine[] {
  const { columns, face } = drawing
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
      return entryLines(shown.entry, drawing, follows)
  }
}

type Layout = {
  readonly all: number
  readonly follows: boolean
  readonly around: Around | null
  readonly coloured: number
  readonly lines: readonly StyledLine[]
}

/**
 * The layout is cached as long as its entry, for these columns and for the parts around the message; with code only
 * until that has its colours.
 */
const known = new WeakMap<Entry, Layout>()

function entryLines(entry: Entry, drawing: Drawing, follows: boolean): readonly StyledLine[] {
  const { all } = drawing.columns
  const around = (entry.kind === 'said' && drawing.around?.(entry)) || null
  const found = known.get(entry)
  const coloured = colouredSoFar()
  const isSame = found?.all === all && found.follows === follows && found.around?.key === around?.key
  if (found && isSame && (found.coloured === coloured || !hasBlock(entry))) return found.lines
  const lines = withAround(layOut(drawn(entry, around), drawing, follows), around, drawing.columns)
  known.set(entry, { all, follows, around, coloured, lines })
  return lines
}

const drawn = (entry: Entry, around: Around | null): Entry =>
  entry.kind === 'said' && around?.text ? { ...entry, text: around.text } : entry

const hasBlock = (entry: Entry): boolean => entry.kind === 'said' && /```|~~~/.test(entry.text ?? '')

function layOut(entry: Entry, { columns, face, reading }: Drawing, follows: boolean): readonly StyledLine[] {
  const time = face.time(entry.at)
  switch (entry.kind) {
    case 'said':
      return entry.held ? heldLines(entry, columns, time) : saidLines(entry, columns, time, reading ?? null, follows)
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
  { from, text, action, mention, replayed, mine, edited, awaited }: Said,
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
  if (awaited) return row(columns, mark, time, who, '…', { role: 'quiet' })
  const style: Style = mention ? { role: 'mention' } : {}
  const slanted = { ...style, italic: true }
  const read = (as: Style): readonly Paragraph[] =>
    markedEdited(saidParagraphs(text, reading, mention, as), edited !== undefined)
  return action
    ? flowing(columns, mark, time, span('*', name), begunWith(span(`${from} `, slanted), read(slanted)))
    : flowing(columns, mark, time, who, read(style))
}

/** Behind the text, or below a block of code. */
function markedEdited(text: readonly Paragraph[], isEdited: boolean): readonly Paragraph[] {
  const last = text.at(-1)
  if (!isEdited || !last) return text
  const sign = span('(edited)', { role: 'quiet' })
  if (last.lead.length > 0) return [...text, paragraph([sign])]
  return [...text.slice(0, -1), paragraph([...last.spans, span(' '), sign])]
}

/** The name of the actor is the first word of the text. */
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
