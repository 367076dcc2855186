/** A quoted message in the textual protocols: its author, and a line of its text. */
import { QUOTED_COLUMNS } from '../model/limits.ts'
import type { Message } from '../model/message/message.ts'
import { flatten } from '../model/text.ts'

/** The quoted parts of a message. */
export type Quoted = Pick<Message, 'seq' | 'from' | 'author' | 'text' | 'files'>

/** `田中: "lunch at noon?"`. Null: there is no such message any more. */
export function quotation(quoted: Pick<Quoted, 'from' | 'text' | 'files'> | null): string {
  if (quoted === null) return 'a message that is gone'
  const { from, text, files = [] } = quoted
  if (text === null) return `${from}, deleted`
  const line = excerpt(text)
  return line === '' ? `${from}: ${excerpt(files[0]?.name ?? 'a file')}` : `${from}: "${line}"`
}

/** A line of a text of at most QUOTED_COLUMNS columns, with an ellipsis if there is more. */
export function excerpt(text: string): string {
  const line = flatten(text.slice(0, LOOKED)).replace(/ +/g, ' ').trim()
  const all = graphemes(line)
  let columns = 0
  for (let at = 0; at < all.length; at++) {
    columns += columnsOf(all[at] as string)
    if (columns > QUOTED_COLUMNS) return `${fitting(all, QUOTED_COLUMNS - 1).trimEnd()}…`
  }
  return text.length > LOOKED ? `${line}…` : line
}

/** Units of a text that are looked at: more than any excerpt has, unless it's full of marks. */
const LOOKED = 16 * QUOTED_COLUMNS

function fitting(all: readonly string[], most: number): string {
  let [line, columns] = ['', 0]
  for (const one of all) {
    columns += columnsOf(one)
    if (columns > most) break
    line += one
  }
  return line
}

let segmenter: Intl.Segmenter | null = null

function graphemes(text: string): readonly string[] {
  if (/^[ -~]*$/.test(text)) return text.split('')
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

/**
 * Characters that most terminals draw in two columns (UAX #11): the scripts of East Asia, their full forms, and emoji.
 */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6\p{Extended_Pictographic}\p{Regional_Indicator}]/v

/** A character with a heap of marks counts as several, so that the bytes of an excerpt are bounded, too. */
const columnsOf = (grapheme: string): number =>
  Math.max(WIDE.test(grapheme) ? 2 : 1, Math.ceil(grapheme.length / UNITS_PER_COLUMN))

const UNITS_PER_COLUMN = 6
