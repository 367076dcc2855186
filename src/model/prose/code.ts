/** Code in a text: fenced blocks, and spans between backticks as in CommonMark. All other Markdown is plain text. */
import type { Code, TextRange } from './aside.ts'
import { blockOf, fencesIn } from './fences.ts'

/** The places of code are found in `read`; its content is taken from `text`, which has the same length. */
export function codeIn(read: string, text: string = read): readonly Code[] {
  if (!/`|~~~/.test(read)) return []
  const found: Code[] = []
  let end = 0
  for (const block of fencesIn(read, text)) {
    found.push(...spansIn(read, text, { from: end, to: block.from }), block)
    end = block.to
  }
  return [...found, ...spansIn(read, text, { from: end, to: read.length })]
}

/** A run of backticks, or the end of a paragraph: an empty line, or one of a list, a quote or a heading. */
const RUN = /`+|\n *(?=\n|[-+*] |1[.)] |>|#{1,6} )/g

type BacktickRun = TextRange & {
  /** Index of the next run that closes this one. */
  closing: number | null
}

/** CommonMark 6.1: a span ends at the next run of as many backticks in the paragraph. */
function spansIn(read: string, text: string, { from, to }: TextRange): readonly Code[] {
  const runs = runsIn(read.slice(from, to), from)
  const found: Code[] = []
  for (let at = 0; at < runs.length; at++) {
    const { from: begin, to: inner, closing } = runs[at] as BacktickRun
    const last = closing === null ? undefined : runs[closing]
    if (!last || closing === null || isEscaped(read, begin, found.at(-1)?.to ?? from)) continue
    const code = codeOf(text.slice(inner, last.from), inner - begin, { from: begin, to: last.to })
    if (code) found.push(code)
    at = closing
  }
  return found
}

/** People put more than two backticks around several lines, so a span of these may also have paragraphs. */
function runsIn(piece: string, offset: number): readonly BacktickRun[] {
  const runs: BacktickRun[] = []
  const open = new Map<number, BacktickRun>()
  for (const { 0: sign, index } of piece.matchAll(RUN)) {
    if (sign.startsWith('\n')) for (const length of [1, 2]) open.delete(length)
    if (sign.startsWith('\n')) continue
    const run: BacktickRun = { from: offset + index, to: offset + index + sign.length, closing: null }
    const before = open.get(sign.length)
    if (before) before.closing = runs.length
    open.set(sign.length, run)
    runs.push(run)
  }
  return runs
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(read: string, at: number, from: number): boolean {
  let begin = at
  while (begin > from && read[begin - 1] === '\\') begin -= 1
  return (at - begin) % 2 === 1
}

/** Line ends become spaces, and one space at both ends is stripped unless the span is blank. */
function codeOf(inner: string, marks: number, place: TextRange): Code | null {
  if (marks > 2 && inner.includes('\n')) return blockOf(inner.replace(/\n *$/, '').split('\n'), place)
  const flat = inner.replaceAll('\n', ' ')
  const setOff = flat.startsWith(' ') && flat.endsWith(' ') && flat.trim() !== ''
  return { type: 'code', ...place, text: setOff ? flat.slice(1, -1) : flat, language: '' }
}
