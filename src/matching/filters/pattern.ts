/** Patterns of filters as keepers type them. */
import { FILTER_WORDS_CHARS, PATTERN_MAX_CHARS } from '../../model/limits.ts'
import { flatten } from '../../model/text.ts'
import { readExpression } from './expression/expression.ts'
import { beginsAttached, partsOf, streamOfWords } from './stream.ts'

/**
 * `words`: a word or phrase, found as whole words whatever its case, accents and width; with a `*` at an end it is found
 * inside words too. In scripts without spaces it is found anywhere. `expression`: a regular expression of RE2, found
 * anywhere in the text as it was sent, whatever the case.
 */
export type FilterKind = 'words' | 'expression'

/** Of a filter, when it is folded: a Korean syllable has three, and the boundary before it. */
const SYMBOLS_MAX = 4 * FILTER_WORDS_CHARS + 1

type ReadPattern = { readonly ok: true; readonly pattern: string } | { readonly ok: false; readonly detail: string }

/**
 * Checks and normalises a pattern as a keeper typed it. `detail` is a clause for the refusal, such as "the expression has
 * an unclosed group at 5". What was read once is read again as itself.
 */
export function readPattern(is: FilterKind, raw: string): ReadPattern {
  const most = is === 'words' ? FILTER_WORDS_CHARS : PATTERN_MAX_CHARS
  const noun = is === 'words' ? 'the filter' : 'the expression'
  // No text of so few characters has so many units, and a longer one isn't worth to be normalised.
  const pattern = raw.length > 4 * most ? raw : flatten(raw).trim()
  if (pattern.length > 2 * most || Array.from(pattern).length > most) {
    return { ok: false, detail: `${noun} is longer than ${most} characters` }
  }
  if (pattern === '') return { ok: false, detail: `${noun} is empty` }
  return is === 'words' ? readWords(pattern) : readRegular(pattern)
}

function readWords(typed: string): ReadPattern {
  const { begins, text, ends } = partsOf(typed.replace(/\s+/g, ' ').normalize('NFC'))
  const words = text.trim()
  if (words.includes('*')) return { ok: false, detail: 'the filter has a * that is not at an end: use an expression' }
  if (streamOfWords(`*${words}*`).length === 0) return { ok: false, detail: 'the filter has no visible character' }
  // A character may stand for many, such as the Arabic ligature of a whole sentence.
  if (streamOfWords(words).length > SYMBOLS_MAX) return { ok: false, detail: 'the filter has too many ligatures' }
  if (beginsAttached(words)) return { ok: false, detail: 'the filter begins with a mark that needs a letter before it' }
  return { ok: true, pattern: `${begins ? '*' : ''}${words}${ends ? '*' : ''}` }
}

function readRegular(pattern: string): ReadPattern {
  const read = readExpression(pattern)
  return read.ok ? { ok: true, pattern } : read
}
