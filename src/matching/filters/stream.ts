/**
 * A text as the automaton reads it: its folded symbols, each run of white space as one space, and a boundary at the
 * begin and at the end of a word. So a pattern is found as whole words exactly if its stream is a piece of the text's
 * stream. In scripts without spaces there is a boundary before and after each letter.
 */
import { ALONE, ATTACHED, folded, LETTER, placeOf, SIGN, SPACE, unitOf } from './fold.ts'

/** Beyond all UTF-16 units. */
export const BOUNDARY = 0x10000

const ASCII = 0x80
let ascii: Int32Array | undefined
const ofAscii = (): Int32Array => {
  ascii ??= Int32Array.from({ length: ASCII }, (_, code) => folded(code).symbols[0] ?? 0)
  return ascii
}

/** One stream at a time, in memory that is used again. */
export class Stream {
  symbols = new Int32Array(1024)
  length = 0
  /** Whether the text has capitals that look like another letter than their small forms do. */
  hasCapitals = false
  #before = SIGN

  /** Writes the stream of a text. With `byLook`, such capitals are the letters that they look like. */
  write(text: string, byLook = false): void {
    this.length = 0
    this.hasCapitals = false
    this.#before = SIGN
    for (let at = 0; at < text.length; ) {
      if (text.charCodeAt(at) < ASCII) {
        at = this.#writeAscii(text, at)
        continue
      }
      const point = text.codePointAt(at) as number
      at += point > 0xffff ? 2 : 1
      const { symbols, look } = folded(point)
      if (look !== null) this.hasCapitals = true
      const all = byLook && look !== null ? look : symbols
      for (let each = 0; each < all.length; each++) this.#put(all[each] as number)
    }
    this.#reserve(1)
    if (isBoundary(this.#before, SIGN)) this.symbols[this.length++] = BOUNDARY
  }

  /** The same as `put` for each character before the next one beyond ASCII, whose place is returned, but fast. */
  #writeAscii(text: string, from: number): number {
    this.#reserve(2 * (text.length - from))
    const table = ofAscii()
    const { symbols } = this
    let { length } = this
    let before = this.#before
    let at = from
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code >= ASCII) break
      const symbol = table[code] as number
      const place = placeOf(symbol)
      if (place !== before) {
        if (isBoundary(before, place)) symbols[length++] = BOUNDARY
        before = place
      } else if (place === SPACE) continue
      symbols[length++] = unitOf(symbol)
    }
    this.length = length
    this.#before = before
    return at
  }

  #put(symbol: number): void {
    const place = placeOf(symbol)
    if (place === SPACE && this.#before === SPACE) return
    this.#reserve(2)
    if (place !== ATTACHED) {
      if (isBoundary(this.#before, place)) this.symbols[this.length++] = BOUNDARY
      this.#before = place
    }
    this.symbols[this.length++] = unitOf(symbol)
  }

  #reserve(more: number): void {
    if (this.length + more <= this.symbols.length) return
    const grown = new Int32Array(2 * (this.length + more))
    grown.set(this.symbols)
    this.symbols = grown
  }
}

const isBoundary = (before: number, place: number): boolean =>
  before === ALONE || place === ALONE || (before === LETTER) !== (place === LETTER)

const own = new Stream()

/** The stream of a words pattern. A `*` at an end leaves out the boundary there. */
export function streamOfWords(pattern: string): readonly number[] {
  const { begins, text, ends } = partsOf(pattern)
  own.write(text)
  const symbols = Array.from(own.symbols.subarray(0, own.length))
  return symbols.slice(
    begins && symbols[0] === BOUNDARY ? 1 : 0,
    ends && symbols.at(-1) === BOUNDARY ? symbols.length - 1 : symbols.length,
  )
}

/**
 * The part of its stream that a literal has within any text: it may be within a word, and its first marks may be attached to a
 * letter before it.
 */
export function streamOfLiteral(literal: string): readonly number[] {
  const chars = Array.from(literal)
  const first = chars.findIndex(char => symbolsOfChar(char).length > 0 && !beginsAttached(char))
  return first < 0 ? [] : streamOfWords(`*${chars.slice(first).join('')}*`)
}

/** The same for texts that have the same folded symbols. */
export const foldedKey = (text: string): string => Array.from(text).flatMap(symbolsOfChar).join()

/** Whether the first visible character of a text is part of the word before it. */
export function beginsAttached(text: string): boolean {
  const first = Array.from(text).flatMap(symbolsOfChar)[0]
  return first !== undefined && placeOf(first) === ATTACHED
}

const symbolsOfChar = (char: string): readonly number[] => folded(char.codePointAt(0) ?? 0).symbols

/** The pattern without the `*` at its ends, and at which ends they were. */
export function partsOf(pattern: string): { readonly begins: boolean; readonly text: string; readonly ends: boolean } {
  const begins = pattern.startsWith('*')
  const rest = begins ? pattern.slice(1) : pattern
  const ends = rest.endsWith('*')
  return { begins, text: ends ? rest.slice(0, -1) : rest, ends }
}
