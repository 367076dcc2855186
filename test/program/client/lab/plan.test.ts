/** The troubles of a run follow from the seed alone, and don't overlap. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planOf } from '../../../../src/program/client/lab/plan.ts'

test('[BL3] equal seeds give equal plans, whose troubles are within the day and never at the same time', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(30), fc.nat(10), fc.integer({ min: 1, max: 300 }), (seed, cuts, restarts, acts) => {
      const wanted = { cuts, restarts, repeats: 2 }
      const plan = planOf(wanted, seed, 3, acts + 3, [3, 5])
      expect(planOf(wanted, seed, 3, acts + 3, [3, 5])).toEqual(plan)
      const spans = [...plan].sort(([a], [b]) => a - b)
      for (const [k, [at, { missed }]] of spans.entries()) {
        expect(at).toBeGreaterThanOrEqual(3)
        expect(at + missed).toBeLessThan(acts + 3)
        expect(spans[k + 1]?.[0] ?? Number.POSITIVE_INFINITY).toBeGreaterThan(at + missed)
      }
      expect(plan.size).toBeLessThanOrEqual(cuts + restarts + 2)
    }),
  )
})

test('[BL3] a long day has room for all troubles, and restarts are of the server and of the bot in turn', () => {
  const types = [...planOf({ cuts: 20, restarts: 4, repeats: 3 }, 'a', 0, 2000, [7, 900]).values()].map(
    ({ type }) => type,
  )
  const count = (of: string): number => types.filter(type => type === of).length
  expect([count('cut'), count('server'), count('bot'), count('repeat')]).toEqual([20, 2, 2, 3])
})
