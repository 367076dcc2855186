/**
 * What a search finds: texts that have all of its words, in any order and case, accents aside; the last word may be a
 * beginning. One definition for every history. Keys say quickly where nothing can be found, never that something is there.
 */
import { UNSPACED } from './text.ts'

/** The words that were typed, folded; none: nothing is found. */
export const soughtIn = (typed: string): readonly string[] => fold(typed).match(TYPED) ?? []

export function isFoundIn(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return false
  const folded = fold(text)
  // Each is there at all: cheaper than where, and most texts have not all of them.
  if (!words.every(word => folded.includes(word))) return false
  return words.every((word, at) => hasWord(folded, word, at === words.length - 1))
}

/** What a text has for a search, as hashes. Whatever is found in it has all of `keysOfWords`. */
export function keysOf(text: string, into: Set<number> = new Set()): Set<number> {
  for (const word of fold(text).match(WORD) ?? []) {
    prefixesOf(word, into)
    if (!ANYWHERE.test(word)) continue
    for (const pair of pairsOf(word)) into.add(pair)
    for (const part of word.match(SPACED) ?? []) prefixesOf(part, into)
  }
  return into
}

/** What a text must have, all of it, for these words to be found in it. */
export const keysOfWords = (words: readonly string[]): readonly number[] => [
  ...new Set(words.map(bareWord).flatMap(word => (ANYWHERE.test(word) ? pairsOf(word) : [longestPrefixOf(word)]))),
]

const WORD = /[\p{L}\p{N}\p{M}]+/gu
/** Signs at its end are part of a word that is sought, but not of the words of a text: C++ and C# are other than C. */
const TYPED = /[\p{L}\p{N}\p{M}]+(?:[+#]+(?![\p{L}\p{N}\p{M}]))?/gu
const bareWord = (word: string): string => word.replace(/[+#]+$/, '')
/** A word of these letters is found within others too: no space stands between words, or a particle is joined to them. */
const ANYWHERE = new RegExp(`${UNSPACED.source}|\\p{Script=Hangul}`, 'u')
/** The words of other letters within it. */
const SPACED =
  /[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Hang}]]+/gv
const OF_A_WORD = /[\p{L}\p{N}\p{M}]/u

/** So many marks in a row are no language: to put them in order takes a time that is quadratic in their number. */
const TANGLED = /\p{M}{11}/u
const ACCENTED = /[\u00c0-\u024f\u0370-\u04ff\u1e00-\u1fff]/g
const ACCENTS = /[\u0300-\u036f]/g
const NOT_ASCII = /[^\0-\x7f]/

export function fold(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase()
  const whole = TANGLED.test(text) ? text : text.normalize('NFC')
  return whole.toLowerCase().replace(ACCENTED, bare).replace(ACCENTS, '')
}

const bare = (letter: string): string => letter.normalize('NFD').replace(ACCENTS, '')

/** Whether a word of `text` is this one, or begins with it. */
const hasWord = (text: string, word: string, mayBegin: boolean): boolean =>
  !placesOfWord(text, word, mayBegin).next().done

/**
 * Where words of a folded text are this one, or begin with it if they may: as indices. A word ends where letters follow
 * that are joined to others.
 */
export function* placesOfWord(text: string, word: string, mayBegin: boolean): Generator<number> {
  const isAnywhere = ANYWHERE.test(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (isAnywhere) yield at
    else if (isInWord(before(text, at))) continue
    else if (mayBegin || /[+#]$/.test(word) || !isInWord(text.codePointAt(at + word.length))) yield at
  }
}

function before(text: string, at: number): number | undefined {
  const unit = text.charCodeAt(at - 1)
  return unit >= 0xdc00 && unit <= 0xdfff ? text.codePointAt(at - 2) : text.codePointAt(at - 1)
}

const isInWord = (point: number | undefined): boolean =>
  point !== undefined && OF_A_WORD.test(String.fromCodePoint(point)) && !ANYWHERE.test(String.fromCodePoint(point))

/** Lengths, in UTF-16 units, of the beginnings of a word that are keys. */
const LENGTHS = [1, 2, 3, 4, 6, 8]

function prefixesOf(word: string, into: Set<number>): void {
  let hash = PREFIX
  for (let at = 0; at < word.length && at < 8; at++) {
    hash = hashed(hash, word.charCodeAt(at))
    if (LENGTHS.includes(at + 1)) into.add(hash)
  }
}

function longestPrefixOf(word: string): number {
  const length = LENGTHS.findLast(each => each <= word.length) ?? 0
  let hash = PREFIX
  for (let at = 0; at < length; at++) hash = hashed(hash, word.charCodeAt(at))
  return hash
}

/** Of what has no spaces, each unit and each pair of them: it is found anywhere. A single unit stands for itself. */
function pairsOf(word: string): readonly number[] {
  const pairs: number[] = []
  for (let at = 0; at < word.length; at++) {
    const one = hashed(PAIR, word.charCodeAt(at))
    pairs.push(one)
    if (at + 1 < word.length) pairs.push(hashed(one, word.charCodeAt(at + 1)))
  }
  return pairs
}

/** FNV-1a, 32 bits; where each kind of key begins. */
const PREFIX = 0x811c9dc5
const PAIR = 0x01234567
const hashed = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193) >>> 0
