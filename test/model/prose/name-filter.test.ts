/** The filter in front of the search for names: it may let too much pass, and never too little. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Name, readName } from '../../../src/model/name/name.ts'
import { NameFilter } from '../../../src/model/prose/name-filter.ts'
import { namesIn } from '../../../src/model/prose/names.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { anyName, cast } from '../../helpers/cast.ts'
import { runs } from '../../helpers/seeds.ts'

const keysOf = (names: readonly string[]): Name['keys'][number][] =>
  names.flatMap(text => {
    const read = readName(text)
    return read.ok ? read.name.keys : []
  })

function filterOf(keys: readonly string[]): NameFilter {
  const filter = new NameFilter(keys.length)
  for (const key of keys) filter.add(key)
  return filter
}

/** Names as people write them, between signs that belong to names and signs that don't. */
const writtenAround = (names: readonly string[]): fc.Arbitrary<string> => {
  const signs = fc.string({ unit: fc.constantFrom(..."-.[]{}`_|^\\@#/:, \n'm1lI0Ox"), maxLength: 4 })
  const name = fc.constantFrom(...names, ...keysOf(names))
  const written = name.chain(one => fc.constantFrom(one, one.toUpperCase(), one.toLowerCase(), `${one}'s`, `@${one}`))
  return fc.array(fc.tuple(signs, fc.oneof(written, anyText), signs), { maxLength: 4 }).map(all => all.flat().join(''))
}

describe('[I12] a text that the filter stops mentions nobody', () => {
  test('for any names and any text', () => {
    const somebody = fc
      .array(anyName, { minLength: 1, maxLength: 6 })
      .chain(names => fc.tuple(fc.constant(names), writtenAround(names)))
    fc.assert(
      fc.property(somebody, ([names, text]) => {
        const keys = new Set(keysOf(names))
        const found = namesIn(text, key => (keys.has(key) ? key : undefined))
        if (found.length > 0) expect(filterOf([...keys]).mayName(text)).toBe(true)
      }),
      { numRuns: runs(2000) },
    )
  })

  test.each(['Spider-Man', '[x]_^', 'a|b', 'back\\slash', 'lbo'])('%s passes, alone, called and among signs', name => {
    const filter = filterOf(keysOf(cast.map(one => one)))
    for (const text of [name, name.toUpperCase(), `@${name}`, `(${name})`, `hm, -${name}... yes`, `[${name}]`]) {
      expect(filter.mayName(text)).toBe(namesIn(text, key => keysOf(cast).find(one => one === key)).length > 0)
    }
  })

  test('and it stops nearly all others', () => {
    const filter = filterOf(keysOf([...cast, ...Array.from({ length: 500 }, (_, n) => `guest-${n}`)]))
    const texts = Array.from({ length: 1000 }, (_, n) => `build ${n} of branch-${n * 7} has passed (${n}).`)
    expect(texts.filter(text => filter.mayName(text)).length).toBeLessThan(200)
    expect(filter.mayName('build 7 of guest-7 has passed')).toBe(true)
  })
})
