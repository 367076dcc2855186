/** The content of a trie of networks. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Level } from '../../../src/matching/networks/level.ts'
import { type Prefix, readPrefix } from '../../../src/matching/networks/prefix.ts'
import { networks } from '../../helpers/networks.ts'

test('a level is empty as soon as the last of its networks is deleted, in any order, and not before', () => {
  const entries = fc.uniqueArray(fc.tuple(fc.nat({ max: 20 }), networks), { selector: ([id]) => id, maxLength: 12 })
  fc.assert(
    fc.property(
      entries.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const level = new Level()
        for (const [id, network] of all) level.add(readPrefix(network) as Prefix, id)
        for (const [id, network] of shuffled) {
          expect(level.isEmpty).toBe(false)
          level.delete(readPrefix(network) as Prefix, id)
        }
        expect(level.isEmpty).toBe(true)
      },
    ),
  )
})
