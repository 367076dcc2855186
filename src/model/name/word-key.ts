/**
 * The key of a word of a text, the same that `nameKey` gives, at a fraction of the cost: names are looked for in every
 * word of a message, and most words are no names.
 */
import { nameKey } from './name.ts'

/** The most letters that have their keys cached, and the most short words. */
const CACHED_MAX = 20_000
const SHORT_MAX = 8
/** Keys by letter. Null: the key of a word with this letter isn't the keys of its letters in a row. */
const letters = new Map<string, string | null>()
const words = new Map<string, string>()

export function wordKey(word: string): string {
  let key = ''
  for (const letter of word) {
    const own = keyOf(letter)
    if (own === null) return joinedKey(word)
    key += own
  }
  return key
}

/** The key of a word with marks. Short ones come again and again. */
function joinedKey(word: string): string {
  if (word.length > SHORT_MAX) return nameKey(word)
  const known = words.get(word)
  if (known !== undefined) return known
  if (words.size >= CACHED_MAX) words.clear()
  const key = nameKey(word)
  words.set(word, key)
  return key
}

/** The keys of the beginnings of `word` that end at `ends`, which are in order and between letters. */
export function prefixKeys(word: string, ends: readonly number[]): readonly string[] {
  const keys: string[] = []
  let key: string | null = ''
  let at = 0
  for (const letter of [...word, '']) {
    if (ends[keys.length] === at) keys.push(key ?? nameKey(word.slice(0, at)))
    if (keys.length === ends.length) break
    const own: string | null = key === null ? null : keyOf(letter)
    key = key === null || own === null ? null : key + own
    at += letter.length
  }
  return keys
}

function keyOf(letter: string): string | null {
  const known = letters.get(letter)
  if (known !== undefined) return known
  if (letters.size >= CACHED_MAX) letters.clear()
  const plain = letter.normalize('NFKD')
  const key = JOINING.test(plain) ? '' : nameKey(letter)
  const own = key === plain || !JOINING.test(key) ? key : null
  letters.set(letter, own)
  return own
}

/** A mark changes with the letter before it, and a space is cut off at an end. Some letters are made of these. */
const JOINING = /^(?:[\p{M}\s]|$)/u
