/**
 * The results of a search, over the messages: each cut to a few lines, with the words highlighted, and one of them
 * selected. Pure.
 */

import { type Hit, hitsOf } from '../../../client/chat/search-results.ts'
import type { Found } from '../../../client/chat/state.ts'
import { nameColour } from '../../../client/view/theme.ts'
import { soughtPlaces } from '../../../model/search/match-places.ts'
import { flatten } from '../../../model/text.ts'
import type { ClockFace } from '../../clock-face.ts'
import { flow } from '../../text/flow.ts'
import { blank, type StyledLine, span } from '../../text/line.ts'
import { cut, widest } from '../../text/width.ts'

/** The most lines of a result's text. */
const FOLDED = 3
/** With this many rows, a head and a foot are drawn around the results. */
const FRAMED_FROM = 7

/** Exactly `rows`. The selected result is visible as a whole if there's room. */
export function foundLines(
  found: Found,
  selected: number,
  columns: number,
  rows: number,
  face: ClockFace,
): StyledLine[] {
  const { length } = found.messages
  const head = [span(cut(` ${headOf(found)}`, columns), { bold: true })]
  const closes = length === 0 ? 'Esc closes this.' : 'Up and Down select, Enter goes there, Esc closes this.'
  const foot = [span(cut(` ${closes}`, columns), { role: 'quiet' as const })]
  if (length === 0) return padded([head, foot], rows)
  const isFramed = rows >= FRAMED_FROM
  const room = isFramed ? rows - 2 : rows
  const blocks = blocksOf(found, columns, Math.max(1, Math.min(FOLDED, room - 1)), face)
  const start = blocks.slice(0, selected).reduce((sum, block) => sum + block.length, 0)
  const all = blocks.flatMap((block, k) => (k === selected ? block.map(inverted) : block))
  const middle = start - Math.floor((room - (blocks[selected]?.length ?? 0)) / 2)
  const from = Math.max(0, Math.min(room < (blocks[selected]?.length ?? 0) ? start : middle, all.length - room))
  const shown = padded(all.slice(from, from + room), room)
  return isFramed ? [head, ...shown, foot] : shown
}

/**
 * The result that a key selects: the next one, one of the next page, the first or the last; null: the key selects none.
 */
export function hitAfter(found: Found, selected: number, key: string, rows: number): number | null {
  const by = STEPS[key]
  if (by === undefined) return null
  const to = selected + by.pages * hitsOnPage(rows) + by.hits
  return Math.max(0, Math.min(to, found.messages.length - 1))
}

/** How many results a page has, at least. */
const hitsOnPage = (rows: number): number => Math.max(1, Math.floor((rows - 2) / (FOLDED + 1)))

const ALL = Number.MAX_SAFE_INTEGER
const STEPS: Readonly<Record<string, { readonly hits: number; readonly pages: number }>> = {
  up: { hits: -1, pages: 0 },
  down: { hits: 1, pages: 0 },
  wheelup: { hits: -1, pages: 0 },
  wheeldown: { hits: 1, pages: 0 },
  pageup: { hits: 0, pages: -1 },
  pagedown: { hits: 0, pages: 1 },
  home: { hits: -ALL, pages: 0 },
  end: { hits: ALL, pages: 0 },
}

const padded = (lines: readonly StyledLine[], rows: number): StyledLine[] =>
  Array.from({ length: rows }, (_, row) => lines[row] ?? blank)

const inverted = (line: StyledLine): StyledLine => line.map(one => ({ ...one, inverse: true }))

function headOf({ words, messages, more }: Found): string {
  const flat = flatten(words)
  if (messages.length === 0) return `Nothing found for "${flat}".`
  return `Found for "${flat}": ${messages.length}${more ? ' or more' : ''}, the latest first`
}

type Blocks = readonly (readonly StyledLine[])[]

/** The layout for these columns and this many lines is cached as long as it's shown. */
const known = new WeakMap<Found, { readonly columns: number; readonly folded: number; readonly blocks: Blocks }>()

function blocksOf(found: Found, columns: number, folded: number, face: ClockFace): Blocks {
  const kept = known.get(found)
  if (kept?.columns === columns && kept.folded === folded) return kept.blocks
  const blocks = hitsOf(found).map(hit => [hitHead(hit, columns, face), ...hitText(hit, found.words, columns, folded)])
  known.set(found, { columns, folded, blocks })
  return blocks
}

/** The least columns for a name beside the text before it. If there are fewer, the day or the time is left out. */
const NAME = 8

function hitHead({ at, room, from, to, seq }: Hit, columns: number, face: ClockFace): StyledLine {
  const where = room !== undefined ? `#${room}` : `to ${to ?? ''} alone`
  const starts = [` ${face.day(at)} ${face.time(at)} ${where} `, ` ${face.time(at)} ${where} `, ' ']
  const start = starts.find(one => widest(one) + NAME <= columns) ?? ' '
  const name = cut(from, Math.max(1, columns - Math.min(widest(start), columns - 2) - 1))
  const head = [span(cut(start, columns - 2), { role: 'quiet' as const }), span(name, { name: nameColour(from) })]
  const number = `  ${seq}`
  return widest(start) + widest(name) + number.length < columns ? [...head, span(number, { role: 'quiet' })] : head
}

/** The lines around the first match. An ellipsis marks omitted text. */
function hitText({ text }: Hit, words: string, columns: number, folded: number): readonly StyledLine[] {
  if (text === undefined) return [[span('   '), span(cut('(deleted)', columns - 3), { role: 'quiet', italic: true })]]
  const room = Math.max(1, columns - 5)
  const flat = flatten(text)
  const lines = flow(markedSpans(flat, words), room, room)
  const first = Math.max(
    0,
    lines.findIndex(line => line.some(({ bold }) => bold)),
  )
  const from = first < folded ? 0 : Math.min(first - 1, Math.max(0, lines.length - folded))
  const shown = lines.slice(from, from + folded)
  return shown.map((line, row) => [
    span(row === 0 && from > 0 ? '  …' : '   ', { role: 'quiet' }),
    ...line,
    ...(row === shown.length - 1 && from + folded < lines.length ? [span(' …', { role: 'quiet' })] : []),
  ])
}

function markedSpans(text: string, words: string): StyledLine {
  const spans: StyledLine[number][] = []
  let done = 0
  for (const { from, to } of soughtPlaces(text, words)) {
    if (from > done) spans.push(span(text.slice(done, from)))
    spans.push(span(text.slice(from, to), { role: 'mention', bold: true }))
    done = to
  }
  return done < text.length || spans.length === 0 ? [...spans, span(text.slice(done))] : spans
}
