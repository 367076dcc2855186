/** The quick way to the key of a word gives the same key. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameKey } from '../../../src/model/name/name.ts'
import { prefixKeys, wordKey } from '../../../src/model/name/word-key.ts'
import { anyName, cast, JOSE_NFD } from '../../helpers/cast.ts'
import { runs } from '../../helpers/seeds.ts'

test.each([...cast, JOSE_NFD, 'ͺa', 'aͺ', 'ﱠb', 'ΟΔΟΣ', 'İİ', 'i\u0307', 'ﷺ1', 'ㅤx', '\u{1d518}m', '뒚ﹼ', ''])(
  '[N8] of %j',
  word => {
    expect(wordKey(word)).toBe(nameKey(word))
  },
)

test('[N8] in any letter, mark or number, small or not, behind a letter that is small or not', () => {
  const differing: string[] = []
  for (let code = 0; code < 0x110000; code++) {
    const char = String.fromCodePoint(code)
    if (!/[\p{L}\p{M}\p{N}\p{Cf}]/u.test(char)) continue
    // A text without a capital may be its own key, which is seen at once.
    if (nameKey(`q${char}`) !== nameKey(`Q${char}`)) differing.push(code.toString(16))
  }
  expect(differing).toEqual([])
})

test('[N8] of any word', () => {
  const word = fc.oneof(
    anyName,
    fc.string({ unit: 'binary' }),
    fc.array(anyName).map(all => all.join('')),
  )
  fc.assert(
    fc.property(word, typed => {
      expect(wordKey(typed)).toBe(nameKey(typed))
    }),
    { numRuns: runs(2000) },
  )
})

test('[N8] of the beginnings of any word', () => {
  const word = fc.oneof(
    anyName,
    fc.array(anyName).map(all => all.join('')),
    fc.string({ unit: 'binary' }),
  )
  fc.assert(
    fc.property(word, fc.integer({ min: 1, max: 3 }), (typed, step) => {
      const letters = [...typed]
      const prefixes = letters.map((_, k) => letters.slice(0, k + 1).join('')).filter((_, k) => k % step === 0)
      const keys = prefixKeys(
        typed,
        prefixes.map(({ length }) => length),
      )
      expect(keys).toEqual(prefixes.map(nameKey))
    }),
    { numRuns: runs(1000) },
  )
})
