/** All accounts by name, in any number. */
import fc from 'fast-check'
import { Map as IMap } from 'immutable'
import { expect, test } from 'vitest'
import { atOnce } from '../../../src/journal/pieces.ts'
import type { Account } from '../../../src/model/state/account.ts'
import { accountsByName } from '../../../src/server/host/account-list.ts'
import { anyName } from '../../helpers/cast.ts'

const accountsOf = (names: readonly string[]) => ({
  accounts: IMap(names.map((text, k) => [`${k}`, { id: `${k}`, name: { text, keys: [text] } } as unknown as Account])),
})
const namesIn = (found: readonly Account[]): readonly string[] => found.map(({ name }) => name.text)

test('a page has what stands there in the order of all names', () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { maxLength: 60 }), fc.nat(70), fc.nat(20), (names, from, size) => {
      const found = namesIn(atOnce(accountsByName(accountsOf(names), from, from + size)))
      expect(found).toEqual([...names].sort().slice(from, from + size))
    }),
  )
})

test('[L2] of many thousands it is made in pieces', () => {
  const names = Array.from({ length: 9000 }, (_, k) => `member-${(k * 7919) % 9001}`)
  const work = accountsByName(accountsOf(names), 5000, 5050)
  let pieces = 1
  let piece = work.next()
  for (; !piece.done; piece = work.next()) pieces += 1
  expect(pieces).toBeGreaterThan(5)
  expect(namesIn(piece.value)).toEqual([...names].sort().slice(5000, 5050))
})
