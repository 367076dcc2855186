/** Which banned networks an address is in: the same as a look at each bit of each network finds. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NetworkSet } from '../../../src/matching/networks/network-set.ts'
import { readNetwork } from '../../../src/matching/networks/read-network.ts'
import { addresses, isIn, networks } from '../../helpers/networks.ts'

type Change =
  | { readonly type: 'add'; readonly id: number; readonly network: string }
  | { readonly type: 'delete'; readonly id: number }

const ids = fc.nat({ max: 12 })
/** Of few networks, so that ids have the same ones, and get the same again. */
const changes: fc.Arbitrary<readonly Change[]> = fc.array(networks, { minLength: 1, maxLength: 6 }).chain(few => {
  const add = fc.record({ type: fc.constant('add' as const), id: ids, network: fc.constantFrom(...few) })
  const gone = fc.record({ type: fc.constant('delete' as const), id: ids })
  return fc.array(fc.oneof({ weight: 2, arbitrary: add }, { weight: 1, arbitrary: gone }), { maxLength: 40 })
})

const oracle = (model: ReadonlyMap<number, string>, address: string): readonly number[] =>
  [...model]
    .filter(([, network]) => isIn(address, network))
    .map(([id]) => id)
    .sort((a, b) => a - b)

function perform(set: NetworkSet, model: Map<number, string>, change: Change): void {
  const { version } = set
  const before = model.get(change.id)
  if (change.type === 'add') {
    set.add(change.id, change.network)
    model.set(change.id, change.network)
  } else {
    set.delete(change.id)
    model.delete(change.id)
  }
  if (model.get(change.id) === before) expect(set.version).toBe(version)
  else expect(set.version).toBeGreaterThan(version)
}

describe('the networks that an address is in', () => {
  test('are those that begin with the same bits, after any replacements and deletions', () => {
    let hits = 0
    fc.assert(
      fc.property(changes, fc.array(addresses, { minLength: 1, maxLength: 10 }), (all, asked) => {
        const set = new NetworkSet()
        const model = new Map<number, string>()
        for (const change of all) {
          perform(set, model, change)
          for (const { text, plain } of asked) {
            const expected = oracle(model, plain)
            hits += expected.length
            expect(set.matching(text), text).toEqual(expected)
          }
        }
        expect(set.size).toBe(model.size)
        for (let id = 0; id <= 12; id++) {
          expect(set.has(id)).toBe(model.has(id))
          expect(set.networkOf(id)).toBe(model.get(id) ?? null)
        }
      }),
    )
    expect(hits).toBeGreaterThan(200)
  })

  test('are those that a keeper has typed, by address', () => {
    fc.assert(
      fc.property(addresses, ({ text }) => {
        const read = readNetwork(text)
        if (!read.ok) throw new Error(read.detail)
        const set = new NetworkSet()
        set.add(7, read.network)
        expect(set.matching(text)).toEqual([7])
      }),
    )
  })

  test.each(['', 'localhost', 'مريم', '10.0.0', '10.0.0.1%eth0', '10.0.0.1/32', '010.0.0.1', '[::1]', '::1%'])(
    'are none for %j, which is no address',
    text => {
      const set = new NetworkSet()
      set.add(1, '0.0.0.0/0')
      set.add(2, '::/0')
      expect(set.matching('10.0.0.1')).toEqual([1])
      expect(set.matching('::1%eth0')).toEqual([2])
      expect(set.matching(text)).toEqual([])
    },
  )

  test('are found among ten thousand, and none is left when all are deleted', () => {
    const set = new NetworkSet()
    const at = (id: number): string => `2001:db8:${(id % 100).toString(16)}:${(id >> 4).toString(16)}:`
    for (let id = 0; id < 10_000; id++) set.add(id, `${at(id)}:/64`)
    for (let id = 0; id < 10_000; id += 97) {
      expect(set.matching(`${at(id)}:1`)).toContain(id)
      expect(set.matching(`${at(id)}:1`).every(one => at(one) === at(id))).toBe(true)
    }
    for (let id = 0; id < 10_000; id++) set.delete(id)
    expect(set.size).toBe(0)
    for (let id = 0; id < 10_000; id += 97) expect(set.matching(`${at(id)}:1`)).toEqual([])
  })

  test('are refused when they were not read', () => {
    const set = new NetworkSet()
    expect(() => set.add(1, 'localhost')).toThrow('readNetwork')
    expect(set.has(1)).toBe(false)
    expect(set.version).toBe(0)
  })
})
