import fc from 'fast-check'
import { expect, test } from 'vitest'
import { initials } from '../../../src/client/view/initials.ts'
import { runs, seedOf } from '../../helpers/seeds.ts'

test.each([
  ['Spider-Man', 'SM'],
  ['Mr.Blue', 'MB'],
  ['a|b', 'AB'],
  ['alice', 'A'],
  ['ada_lovelace_king', 'AL'],
  ['Ünal', 'Ü'],
  ['e\u0301mile', 'E\u0301'],
  ['ßeta', 'ß'],
  ['田中', '田'],
  ['田中-太郎', '田'],
  ['مريم', 'م'],
  ['אברהם', 'א'],
  ['नमस्ते', 'न'],
  ['ქეთი', 'ქ'],
  ['42nd', '4'],
  ['[^_^]', '['],
  ['🦊-fox', 'F'],
  ['👩‍👩‍👧', '👩‍👩‍👧'],
  ['', ''],
])('[G24] the initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected)
})

test('[G24] initials are one or two graphemes of any name', () => {
  const count = (text: string): number => [...new Intl.Segmenter().segment(text)].length
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 32 }), name => {
      const found = count(initials(name))
      expect(found).toBeGreaterThan(0)
      expect(found).toBeLessThanOrEqual(2)
    }),
    { seed: seedOf(55), numRuns: runs(300) },
  )
})
