/** Folding sees no case: neither that of whole texts, nor that of single characters, as RE2 has it. */
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { folded } from '../../../src/matching/filters/fold.ts'

const symbolsOf = (text: string): readonly number[] =>
  Array.from(text).flatMap(char => folded(char.codePointAt(0) ?? 0).symbols)

const isPoint = (point: number): boolean => point < 0xd800 || point > 0xdfff
const points = Array.from({ length: 0x20000 }, (_, point) => point).filter(isPoint)

describe('[Z8] a character and its other cases are folded to the same', () => {
  test('in upper and in lower case', () => {
    const differing = points.filter(point => {
      const char = String.fromCodePoint(point)
      const own = symbolsOf(char).join()
      return [char.toLowerCase(), char.toUpperCase()].some(other => symbolsOf(other).join() !== own)
    })
    expect(differing.map(point => String.fromCodePoint(point))).toEqual([])
  })

  test('and all that RE2 takes for the same', () => {
    const cased = points
      .map(point => String.fromCodePoint(point))
      .filter(char => /\p{CWCF}|\p{CWU}|\p{CWL}/u.test(char))
    const all = cased.join('')
    expect(cased.length).toBeGreaterThan(2000)
    for (const char of cased) {
      const alike = RE2JS.compile(RE2JS.quote(char), RE2JS.CASE_INSENSITIVE).matcher(all)
      for (const own = symbolsOf(char); alike.find(); )
        expect([char, symbolsOf(alike.group() ?? '')]).toEqual([char, own])
    }
  })

  test('and an ASCII character stays itself, but for its case', () => {
    for (let point = 0x21; point < 0x7f; point++) {
      const small = String.fromCharCode(point).toLowerCase()
      expect(symbolsOf(String.fromCharCode(point)).map(symbol => String.fromCharCode(symbol & 0xffff))).toEqual([small])
    }
  })
})
