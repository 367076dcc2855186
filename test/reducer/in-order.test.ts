// A map in the order of its keys, a bounded number of which is looked at between two pauses.
import fc from 'fast-check'
import { Map as IMap } from 'immutable'
import { expect, test } from 'vitest'
import { CLIENTS_MAX, PIECE_ROWS } from '../../src/model/limits.ts'
import { inOrder } from '../../src/reducer/in-order.ts'
import { cast } from '../helpers/cast.ts'
import { runs } from '../helpers/seeds.ts'

/** A map that counts how many of its keys were asked for. */
function watched<T>(map: IMap<string, T>) {
  const seen = { keys: 0 }
  function* keys(): Generator<string> {
    for (const key of map.keys()) {
      seen.keys++
      yield key
    }
  }
  return { seen, map: { keys, get: (key: string) => map.get(key) } as unknown as IMap<string, T> }
}

const entriesOf = <T>(map: IMap<string, T>) => [...inOrder(map)].filter(entry => entry !== null)

test('[J7] is the order of its keys, however it was built', () => {
  const key = fc.oneof(fc.constantFrom(...cast), fc.string())
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat())), entries => {
      const sorted = [...new Map(entries)].sort(([a], [b]) => (a < b ? -1 : 1))
      expect(entriesOf(IMap(entries))).toEqual(sorted)
    }),
    { numRuns: runs(200) },
  )
})

test('[L2] [J7] of as many members as there may be a bounded number is sorted at a time', () => {
  const all = Array.from({ length: CLIENTS_MAX }, (_, k): [string, number] => [
    `${(k * 7919) % CLIENTS_MAX} Spider-Man`,
    k,
  ])
  const { seen, map } = watched(IMap(all))
  const found: string[] = []
  let before = 0
  for (const entry of inOrder(map)) {
    expect(seen.keys - before).toBeLessThanOrEqual(10 * PIECE_ROWS)
    before = seen.keys
    if (entry) found.push(entry[0])
  }
  expect(found).toEqual(all.map(([key]) => key).sort())
})
