/**
 * A text as the automaton reads it: its folded symbols, each run of white space as one space, and a boundary where a word
 * begins or ends. So a pattern is found as whole words exactly if its stream is a piece of the text's stream. In scripts
 * without spaces there is a boundary before and after each letter.
 */
import { ALONE, ATTACHED, LETTER, lookOfCapital, placeOf, SIGN, SPACE, symbolsOf, unitOf } from './fold.ts'

/** Beyond all UTF-16 units. */
export const BOUNDARY = 0x10000

const ASCII = 0x80
let ascii: Int32Array | undefined
const ofAscii = (): Int32Array => {
  ascii ??= Int32Array.from({ length: ASCII }, (_, code) => symbolsOf(code)[0] ?? 0)
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
    const table = ofAscii()
    this.length = 0
    this.hasCapitals = false
    this.#before = SIGN
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code < ASCII) {
        this.#put(table[code] as number)
        continue
      }
      const point = text.codePointAt(at) as number
      if (point > 0xffff) at++
      const own = symbolsOf(point)
      const look = lookOfCapital(point)
      if (look !== undefined) this.hasCapitals = true
      for (const symbol of byLook && look !== undefined ? look : own) this.#put(symbol)
    }
    this.#meet(SIGN)
  }

  #put(symbol: number): void {
    const place = placeOf(symbol)
    if (place === SPACE && this.#before === SPACE) return
    if (place !== ATTACHED) this.#meet(place)
    this.#push(unitOf(symbol))
  }

  #meet(place: number): void {
    const before = this.#before
    this.#before = place
    if (before === ALONE || place === ALONE || (before === LETTER) !== (place === LETTER)) this.#push(BOUNDARY)
  }

  #push(symbol: number): void {
    if (this.length === this.symbols.length) {
      const grown = new Int32Array(2 * this.length)
      grown.set(this.symbols)
      this.symbols = grown
    }
    this.symbols[this.length++] = symbol
  }
}

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

/** Whether the first that is visible of a text is part of what is before it. */
export function beginsAttached(text: string): boolean {
  const first = Array.from(text).flatMap(symbolsOfChar)[0]
  return first !== undefined && placeOf(first) === ATTACHED
}

const symbolsOfChar = (char: string): readonly number[] => symbolsOf(char.codePointAt(0) ?? 0)

/** The pattern without the `*` at its ends, and where they were. */
export function partsOf(pattern: string): { readonly begins: boolean; readonly text: string; readonly ends: boolean } {
  const begins = pattern.startsWith('*')
  const rest = begins ? pattern.slice(1) : pattern
  const ends = rest.endsWith('*')
  return { begins, text: ends ? rest.slice(0, -1) : rest, ends }
}
