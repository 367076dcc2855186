/** Patterns of filters as keepers type them. */
import { FILTER_EXPRESSION_CHARS, FILTER_WORDS_CHARS } from '../../model/limits.ts'
import type { FilterKind } from '../../model/state/keeping.ts'
import { flatten } from '../../model/text.ts'
import { readExpression } from './expression/expression.ts'
import { beginsAttached, partsOf, streamOfWords } from './stream.ts'

/** Symbols of a folded filter: a Korean syllable has three, and the boundary before it. */
const SYMBOLS_MAX = 4 * FILTER_WORDS_CHARS + 1

type ReadPattern = { readonly ok: true; readonly pattern: string } | { readonly ok: false; readonly detail: string }

/**
 * Checks and normalises a pattern as a keeper typed it. `detail` is a clause for the refusal, such as "the expression
 * has an unclosed group at 5". A pattern in its normal form stays the same.
 *
 * `words`: a word or phrase, found as whole words regardless of case, accents and width, through invisible characters
 * and letters that look like ASCII ones. With a `*` at an end it is found inside words too, and in scripts without
 * spaces anywhere. `expression`: a regular expression of RE2, found anywhere in the text as it was sent, regardless of
 * case.
 */
export function readPattern(is: FilterKind, raw: string): ReadPattern {
  const most = is === 'words' ? FILTER_WORDS_CHARS : FILTER_EXPRESSION_CHARS
  const noun = is === 'words' ? 'the filter' : 'the expression'
  // No text of so few characters has so many units, and a longer one isn't worth to be normalised.
  const pattern = raw.length > 4 * most ? raw : is === 'words' ? spaced(raw) : flatten(raw).trim()
  if (pattern.length > 2 * most || Array.from(pattern).length > most) {
    return { ok: false, detail: `${noun} is longer than ${most} characters` }
  }
  if (pattern === '') return { ok: false, detail: `${noun} is empty` }
  return is === 'words' ? readWords(pattern) : readRegular(pattern)
}

const spaced = (raw: string): string => flatten(raw).replace(/\s+/g, ' ').trim().normalize('NFC')

function readWords(typed: string): ReadPattern {
  const { begins, text, ends } = partsOf(typed)
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
