import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readName } from '../../src/model/name/name.ts'
import { anyName, cast, JOSE_NFD } from './cast.ts'

const read = (raw: string) => {
  const name = readName(raw)
  if (!name.ok) throw new Error(`${raw} is ${name.reason}: ${name.detail}`)
  return name.name
}

test('[N1] the cast is allowed as it is, and no two of it collide', () => {
  expect(cast.map(name => read(name).text)).toEqual(cast)
  const keys = cast.flatMap(name => read(name).keys)
  expect(new Set(keys).size).toBe(keys.length)
  expect(read(JOSE_NFD).text).toBe('Jos\u00E9')
})

test('[N1] any name of the tests is one that the rules allow', () => {
  fc.assert(
    fc.property(anyName, name => {
      expect(read(name).text).toBe(name)
    }),
  )
})
