/**
 * Tells texts that certainly name nobody, in one pass and without an allocation: most texts don't, and names.ts looks
 * up each of their words. Every stretch of a text that may be a name is hashed by the keys of its letters, and a set of
 * bits says whether a name may have this key. Texts beyond ASCII are left to names.ts.
 */
import { wordKey } from '../name/word-key.ts'
import { placeInName } from './names.ts'

/** So few bits are set that only one word in thirty is looked up without a match. */
const BITS_PER_KEY = 32
const WORD_BITS = 5

export class NameFilter {
  readonly #bits: Uint32Array
  readonly #shift: number
  /** The length of the longest key. A word of more letters is no name, since each letter has a key. */
  #longest = 0

  /** For `keys` keys. Beyond them it lets more texts pass. */
  constructor(keys: number) {
    const log = Math.max(WORD_BITS, Math.ceil(Math.log2(keys * BITS_PER_KEY)))
    this.#bits = new Uint32Array(2 ** (log - WORD_BITS))
    this.#shift = 32 - log
  }

  /** From now on, texts with a name of this key pass. */
  add(key: string): void {
    this.#longest = Math.max(this.#longest, key.length)
    const bit = this.#bitOf(hashOf(key))
    this.#bits[bit >>> WORD_BITS] = this.#word(bit) | (1 << (bit % 32))
  }

  /** False: `namesIn` finds none of these names in the text. */
  mayName(text: string): boolean {
    const { kinds, factors, terms } = lettersOfAscii()
    /** Hashes of the word so far: all of it, and without the outer signs that it begins with. */
    let whole = 0
    let inner = 0
    /** Offset of the second of them. */
    let from = 0
    let place: number = BETWEEN
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code >= ASCII) return true
      const kind = kinds[code] as number
      // A name doesn't end before a letter.
      if (kind !== LETTER && place !== BETWEEN && this.#mayBeName(whole, inner, at - from)) return true
      if (kind === BETWEEN) {
        whole = 0
        inner = 0
        from = at + 1
        place = BETWEEN
        continue
      }
      const factor = factors[code] as number
      const term = terms[code] as number
      place = kind === OUTER && place !== INSIDE ? OUTER : INSIDE
      whole = (Math.imul(whole, factor) + term) | 0
      if (place === OUTER) from = at + 1
      else inner = (Math.imul(inner, factor) + term) | 0
    }
    return place !== BETWEEN && this.#mayBeName(whole, inner, text.length - from)
  }

  /** `letters`: the length of the second. */
  #mayBeName(whole: number, inner: number, letters: number): boolean {
    return letters <= this.#longest && (this.#has(whole) || (inner !== whole && this.#has(inner)))
  }

  #has(hash: number): boolean {
    const bit = this.#bitOf(hash)
    return (this.#word(bit) & (1 << (bit % 32))) !== 0
  }

  #word(bit: number): number {
    return this.#bits[bit >>> WORD_BITS] as number
  }

  #bitOf(hash: number): number {
    return Math.imul(hash, SPREAD) >>> this.#shift
  }
}

/** A prime near 2^32 divided by the golden ratio: brings all bits of a hash to its upper end. */
const SPREAD = 0x9e3779b1
const BASE = 31

/** The hash of a key is that of its parts in a row: `hash(ab)` is `hash(a) * factor(b) + hash(b)`. */
function hashOf(key: string): number {
  let hash = 0
  for (let at = 0; at < key.length; at++) hash = (Math.imul(hash, BASE) + key.charCodeAt(at)) | 0
  return hash
}

const factorOf = (key: string): number => (key.length === 0 ? 1 : Math.imul(BASE, factorOf(key.slice(1))))

const ASCII = 128

/** The kind of a character (names.ts), and its place in the word. */
const BETWEEN = 0
const OUTER = 1
const INSIDE = 2
const LETTER = 3
const KINDS = { between: BETWEEN, outer: OUTER, inner: INSIDE, letter: LETTER } as const

type Letters = { readonly kinds: Uint8Array; readonly factors: Int32Array; readonly terms: Int32Array }

let ascii: Letters | undefined

function lettersOfAscii(): Letters {
  ascii ??= lettersOf(Array.from({ length: ASCII }, (_, code) => String.fromCharCode(code)))
  return ascii
}

function lettersOf(chars: readonly string[]): Letters {
  const keys = chars.map(wordKey)
  return {
    kinds: Uint8Array.from(chars, char => KINDS[placeInName(char)]),
    factors: Int32Array.from(keys, factorOf),
    terms: Int32Array.from(keys, hashOf),
  }
}
