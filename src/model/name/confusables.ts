/** Which characters look like which, as the rows of confusable-rows.ts say. */
import { ROWS } from './confusable-rows.ts'

const table = new Map<string, string>()
/** Offset of the next row in ROWS, and the code point of the last row that is in the table. */
let next = 0
let decoded = 0

/**
 * The characters that a character (one code point) looks like, one or more. Undefined: it looks like nothing else. Rows
 * are decoded only as far as a character needs, because every program starts with a name, and most names are ASCII.
 */
export function lookOf(char: string): string | undefined {
  decodeTo(char.codePointAt(0) ?? 0)
  return table.get(char)
}

/** From each character to the characters that it looks like. */
export function confusables(): ReadonlyMap<string, string> {
  decodeTo(Number.POSITIVE_INFINITY)
  return table
}

/** By hand, character by character: four times as fast as split and parseInt. */
function decodeTo(last: number): void {
  let code = decoded
  let number = 0
  let look = ''
  for (; decoded < last && next < ROWS.length; next++) {
    const char = ROWS.charCodeAt(next)
    if (char >= 0x61) number = number * 36 + char - 0x61 + 10
    else if (char >= 0x30 && char <= 0x39) number = number * 36 + char - 0x30
    else {
      if (char === COLON) code += number
      else if (number > 0) look += String.fromCodePoint(number)
      number = 0
      if (char === COLON || char === DOT || look === '') continue
      table.set(String.fromCodePoint(code), look)
      decoded = code
      look = ''
    }
  }
}

const COLON = 0x3a
const DOT = 0x2e
