/**
 * Lines of a text as quotes, lists and other lines. A line stays a line: the line after a quote isn't part of it, and a
 * line that may be a drawing, a prompt, a diff or an address in a log is none of them (docs/spec.md, G11).
 */
import { MARKS_DEPTH } from '../../../model/limits.ts'
import type { TextRange } from '../../../model/prose/aside.ts'

export type Item = { readonly mark: TextRange; readonly blocks: readonly Block[] }

export type Block =
  | { readonly type: 'lines'; readonly lines: readonly TextRange[] }
  | { readonly type: 'quote'; readonly blocks: readonly Block[] }
  | { readonly type: 'list'; readonly items: readonly Item[] }

/** `read`: the text, with code, links and names covered, so that a line break is one only outside of them. */
export function blocksIn(read: string): readonly Block[] {
  let from = 0
  const lines = read.split('\n').map(line => {
    const place = { from, to: from + line.length }
    from = place.to + 1
    return place
  })
  return new BlockReader(read).blocks(lines, 0, 2)
}

const VISIBLE = /[\p{L}\p{N}\p{Extended_Pictographic}]/u
/** A row of `- - -` is a line. */
const ITEM = /^([-*]|\d{1,9}[.)]) {1,4}(?![-*](?: |$))(?=\S)/
/** In a diff, the line beside a removed one. */
const DIFF = /^(?:\+|@@)/
const INDENT = 2

type Gathered = { readonly items: readonly Item[]; readonly end: number }

class BlockReader {
  readonly #read: string

  constructor(read: string) {
    this.#read = read
  }

  /** `least`: so many items are a list. One alone may be a signature, or a year. */
  blocks(lines: readonly TextRange[], depth: number, least: number): readonly Block[] {
    const blocks: Block[] = []
    let plain: TextRange[] = []
    const put = (block: Block): void => {
      if (plain.length > 0) blocks.push({ type: 'lines', lines: plain })
      plain = []
      blocks.push(block)
    }
    for (let at = 0; at < lines.length; ) {
      const end = depth < MARKS_DEPTH ? this.#quoteEnd(lines, at) : at
      if (end > at) {
        const quoted = lines.slice(at, end)
        if (quoted.some(line => VISIBLE.test(this.#text(line)))) put(this.#quote(quoted, depth))
        else plain.push(...quoted)
        at = end
        continue
      }
      const list = depth < MARKS_DEPTH ? this.#list(lines, at, depth, least) : null
      if (list && list.items.length > 0) put({ type: 'list', items: list.items })
      else plain.push(...lines.slice(at, list?.end ?? at + 1))
      at = list?.end ?? at + 1
    }
    if (plain.length > 0 || blocks.length === 0) blocks.push({ type: 'lines', lines: plain })
    return blocks
  }

  #text({ from, to }: TextRange): string {
    return this.#read.slice(from, to)
  }

  #quoteEnd(lines: readonly TextRange[], at: number): number {
    let end = at
    while (end < lines.length && quoteMark(this.#read, lines[end] as TextRange) > 0) end++
    return end
  }

  #quote(lines: readonly TextRange[], depth: number): Block {
    const inner = lines.map(line => ({ from: line.from + quoteMark(this.#read, line), to: line.to }))
    return { type: 'quote', blocks: this.blocks(inner, depth + 1, 2) }
  }

  /** The list that begins here. Without items: lines that only look like one. Null: not even that. */
  #list(lines: readonly TextRange[], at: number, depth: number, least: number): Gathered | null {
    const [, mark] = ITEM.exec(this.#text(lines[at] as TextRange)) ?? []
    if (mark === undefined) return null
    const kind = mark.slice(-1)
    const raw: { mark: TextRange; lines: TextRange[] }[] = []
    let nests = false
    let end = at
    for (let line = lines[end]; line; line = lines[end]) {
      const [sign = ''] = ITEM.exec(this.#text(line)) ?? []
      if (sign.trimEnd().slice(-1) === kind) {
        const to = line.from + sign.length
        raw.push({ mark: { from: line.from, to }, lines: [{ from: to, to: line.to }] })
      } else {
        const item = raw.at(-1)
        const inner = this.#continued(lines, end, item?.mark)
        if (!item || !inner || sign !== '') break
        nests ||= ITEM.test(this.#text(inner))
        item.lines.push(inner)
      }
      end++
    }
    const around = [lines[at - 1], lines[end]].map(line => (line ? this.#text(line) : ''))
    if ((raw.length < least && !nests) || (kind === '-' && around.some(text => DIFF.test(text)))) {
      return { items: [], end: raw.length > 1 ? end : at + 1 }
    }
    return { items: raw.map(item => ({ mark: item.mark, blocks: this.blocks(item.lines, depth + 1, 1) })), end }
  }

  /** A further line of an item: indented, or empty with one behind it that is. */
  #continued(lines: readonly TextRange[], at: number, mark: TextRange | undefined): TextRange | null {
    const line = lines[at]
    if (!line || !mark) return null
    const indent = /^ */.exec(this.#text(line))?.[0].length ?? 0
    if (indent === line.to - line.from) return this.#goesOn(lines[at + 1]) ? { from: line.to, to: line.to } : null
    return indent < INDENT ? null : { from: line.from + Math.min(indent, mark.to - mark.from), to: line.to }
  }

  #goesOn(next: TextRange | undefined): boolean {
    return next !== undefined && (ITEM.test(this.#text(next)) || /^ {2,}\S/.test(this.#text(next)))
  }
}

/** The length of the mark of a quote: `> `, an empty `>`, or the first of `>> `. `>x` and `>>> x` are none. */
function quoteMark(read: string, { from, to }: TextRange): number {
  const [mark = ''] = /^> |^>$|^>(?=>(?: |$))/.exec(read.slice(from, Math.min(to, from + 3))) ?? []
  return mark.length
}
