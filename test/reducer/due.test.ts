/** Times at which something ends, and how often they are looked through. */
import fc from 'fast-check'
import { Map as IMap } from 'immutable'
import { expect, test, vi } from 'vitest'
import { initialState } from '../../src/model/state.ts'
import { firstDue, nextDue, withoutTime, withTime } from '../../src/reducer/due.ts'

const key = fc.integer({ min: 0, max: 20 }).map(k => `sanction:${k}`)
const change = fc.tuple(key, fc.option(fc.integer({ min: 0, max: 9 })))

test('[P1] after any changes the earliest time is the least of those that are left', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(change, fc.boolean())), changes => {
      let ends = IMap<string, number>()
      for (const [[one, until], asks] of changes) {
        ends = until === null ? withoutTime(ends, one) : withTime(ends, one, until)
        const least = ends.size === 0 ? null : Math.min(...ends.values())
        if (asks) expect(nextDue({ ...initialState, ends })).toBe(least)
      }
    }),
  )
})

test('[Z6] the first that are due are the earliest, and in the order of their keys among those of one time', () => {
  const times = fc.array(fc.tuple(key, fc.integer({ min: 0, max: 9 }))).map(all => IMap(all))
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 8 }), (ends, at, count) => {
      const due = [...ends].filter(([, until]) => until <= at)
      const sorted = due.sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([one]) => one)
      expect(firstDue(ends, at, count)).toEqual(sorted.slice(0, count))
    }),
  )
})

test('[L2] when many end at once, the others are not looked through for each of them', () => {
  const keys = Array.from({ length: 200 }, (_, k) => `sanction:${k}`)
  const full = keys.reduce((ends, one, k) => withTime(ends, one, k), IMap<string, number>())
  const [walks, loops] = [vi.spyOn(IMap.prototype, '__iterator' as never), vi.spyOn(IMap.prototype, 'forEach')]
  try {
    const left = firstDue(full, 100, 64).reduce(withoutTime, full)
    expect(nextDue({ ...initialState, ends: left })).toBe(64)
    expect(walks.mock.calls.length + loops.mock.calls.length).toBeLessThan(5)
  } finally {
    vi.restoreAllMocks()
  }
})
