/**
 * Which texts a search finds: those with all of its words, in any order and case, accents ignored. The last word may be
 * the beginning of a longer one. Every history uses this one definition. Keys are a quick filter: they tell for sure
 * only that a text does not match.
 */
import { UNSPACED } from '../text.ts'

/** The typed words, folded. If there are none, nothing is found. */
export const soughtIn = (typed: string): readonly string[] => fold(typed).match(TYPED) ?? []

export function isFoundIn(text: string, words: readonly string[]): boolean {
  if (words.length === 0) return false
  const folded = fold(text)
  // First check that each word occurs at all. This is cheaper than to find its place, and most texts fail it.
  if (!words.every(word => folded.includes(word))) return false
  return words.every((word, at) => hasWord(folded, word, at === words.length - 1))
}

/** The keys of a text, as hashes. A text that matches has all of `keysOfWords`. */
export function keysOf(text: string, into: Set<number> = new Set()): Set<number> {
  for (const word of fold(text).match(WORD) ?? []) {
    prefixesOf(word, into)
    if (!ANYWHERE.test(word)) continue
    for (const pair of pairsOf(word)) into.add(pair)
    for (const part of word.match(SPACED) ?? []) prefixesOf(part, into)
  }
  return into
}

/** The keys that a text must have, all of them, to match these words. */
export const keysOfWords = (words: readonly string[]): readonly number[] => [
  ...new Set(words.map(bareWord).flatMap(word => (ANYWHERE.test(word) ? pairsOf(word) : [longestPrefixOf(word)]))),
]

const WORD = /[\p{L}\p{N}\p{M}]+/gu
/**
 * Signs at the end of a typed word are part of it, but not of the words of a text: C++ and C# are other words than C.
 */
const TYPED = /[\p{L}\p{N}\p{M}]+(?:[+#]+(?![\p{L}\p{N}\p{M}]))?/gu
const bareWord = (word: string): string => word.replace(/[+#]+$/, '')
/** A word with these letters is also found within others: no space separates words, or particles are attached. */
const ANYWHERE = new RegExp(`${UNSPACED.source}|\\p{Script=Hangul}`, 'u')
/** Runs of other letters within it. */
const SPACED =
  /[[\p{L}\p{N}\p{M}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Hang}]]+/gv
const OF_A_WORD = /[\p{L}\p{N}\p{M}]/u

/** No language has so many marks in a row. To normalise them takes time that is quadratic in their number. */
const TANGLED = /\p{M}{11}/u
const ACCENTED = /[\u00c0-\u024f\u0370-\u04ff\u1e00-\u1fff]/g
const ACCENTS = /[\u0300-\u036f]/g
const NOT_ASCII = /[^\0-\x7f]/

/** The signatures of stored messages are made from this. If it changes, a migration drops them (schema.ts). */
export function fold(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase()
  const whole = TANGLED.test(text) ? text : text.normalize('NFC')
  return whole.toLowerCase().replace(ACCENTED, bare).replace(ACCENTS, '')
}

/** A sigma at the end of a word is the same letter. */
const bare = (letter: string): string => (letter === 'ς' ? 'σ' : letter.normalize('NFD').replace(ACCENTS, ''))

/** Whether `text` has this word, or, if `mayBegin`, a word that begins with it. */
const hasWord = (text: string, word: string, mayBegin: boolean): boolean =>
  !placesOfWord(text, word, mayBegin).next().done

/**
 * The indices of a word in a folded text, and of words that begin with it if `mayBegin`. A word also ends before a
 * letter of a script that joins words.
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

/** Lengths of the prefixes of a word that are keys, in UTF-16 units. */
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

/** For scripts without spaces, in which a match may be anywhere: each unit, and each pair of units. */
function pairsOf(word: string): readonly number[] {
  const pairs: number[] = []
  for (let at = 0; at < word.length; at++) {
    const one = hashed(PAIR, word.charCodeAt(at))
    pairs.push(one)
    if (at + 1 < word.length) pairs.push(hashed(one, word.charCodeAt(at + 1)))
  }
  return pairs
}

/** FNV-1a, 32 bits. Each kind of key starts from its own value. */
const PREFIX = 0x811c9dc5
const PAIR = 0x01234567
const hashed = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193) >>> 0
