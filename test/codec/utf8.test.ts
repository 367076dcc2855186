/** Places at which UTF-8 may be cut: never inside a character, for all bytes. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutText, wholeCharacters } from '../../src/codec/utf8.ts'
import { runs } from '../helpers/seeds.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const bytesOf = (text: string): Uint8Array => encoder.encode(text)
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap(part => [...part]))

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('x', 'é', '€', '😀', '\u{10FFFF}', '\uFFFF', '\u0800', '\u07FF', '\u0080') }),
)
/** Bytes of which many begin or continue a character, rightly or not. */
const anyBytes = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 255 }),
      fc.constantFrom(0x61, 0x80, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff),
    ),
    { maxLength: 12 },
  )
  .map(bytes => Uint8Array.from(bytes))

describe('the whole characters of a prefix', () => {
  test.each([
    ['', 0, 0],
    ['a', 1, 1],
    ['aé', 2, 1],
    ['a€', 2, 1],
    ['a€', 3, 1],
    ['a€', 4, 4],
    ['a😀', 2, 1],
    ['a😀', 3, 1],
    ['a😀', 4, 1],
    ['a😀', 5, 5],
    ['😀', 1, 0],
    ['e\u0301', 2, 1],
  ])('of %j cut after byte %i are its first %i', (text, at, whole) => {
    expect(wholeCharacters(bytesOf(text).subarray(0, at))).toBe(whole)
  })

  test('[W2] of any text, cut at any byte, are those that begin before it and end by it', () => {
    fc.assert(
      fc.property(anyText, text => {
        const bytes = bytesOf(text)
        let end = 0
        for (const character of text) {
          const next = end + bytesOf(character).length
          for (let at = end; at < next; at++) expect(wholeCharacters(bytes.subarray(0, at))).toBe(end)
          end = next
        }
        expect(wholeCharacters(bytes)).toBe(end)
      }),
    )
  })

  test('[W3] of any bytes leave at most three, and what they are cut into reads as they do in one', () => {
    fc.assert(
      fc.property(anyBytes, anyBytes, (bytes, more) => {
        const whole = wholeCharacters(bytes)
        expect(whole).toBeGreaterThanOrEqual(Math.max(0, bytes.length - 3))
        expect(whole).toBeLessThanOrEqual(bytes.length)
        const [head, tail] = [bytes.subarray(0, whole), bytes.subarray(whole)]
        expect(decoder.decode(head) + decoder.decode(join(tail, more))).toBe(decoder.decode(join(bytes, more)))
      }),
      { numRuns: runs(2000) },
    )
  })
})

describe('a text in pieces', () => {
  const most = fc.integer({ min: 4, max: 40 })

  test.each([
    ['', 4, ['']],
    ['abcd', 4, ['abcd']],
    ['abcde', 4, ['abcd', 'e']],
    ['ééé', 5, ['éé', 'é']],
    ['a😀b', 4, ['a', '😀', 'b']],
    ['€€€', 8, ['€€', '€']],
  ])('%j in pieces of %i bytes is %j', (text, max, pieces) => expect(cutText(text, max)).toEqual(pieces))

  test('[C1] is whole again when they are joined; each is within the bound, well-formed and as long as can be', () => {
    fc.assert(
      fc.property(anyText, most, (text, max) => {
        const pieces = cutText(text, max)
        expect(pieces.join('')).toBe(text)
        for (const [i, piece] of pieces.entries()) {
          expect(bytesOf(piece).length).toBeLessThanOrEqual(max)
          expect(piece.isWellFormed()).toBe(true)
          expect(piece === '').toBe(text === '')
          const [next] = pieces[i + 1] ?? ''
          if (next !== undefined) expect(bytesOf(piece + next).length).toBeGreaterThan(max)
        }
      }),
    )
  })

  test('[C1] the pieces of any UTF-16 stay within the bound', () => {
    const units = fc.array(fc.integer({ min: 0xd700, max: 0xe0ff })).map(codes => String.fromCharCode(...codes))
    fc.assert(
      fc.property(units, most, (text, max) => {
        const pieces = cutText(text, max)
        expect(pieces.join('')).toBe(text)
        for (const piece of pieces) expect(bytesOf(piece).length).toBeLessThanOrEqual(max)
      }),
    )
  })
})
