import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Anchor, anchorAt, endOf, layOut, topOf, windowOf } from '../../../src/web/list/layout.ts'

const HEIGHT = 500
const lists = fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 60 })
const laidOut = (heights: readonly number[], from = 0) => {
  const keys = heights.map((_, k) => `k${from + k}`)
  return layOut(keys, new Map(keys.map((key, k) => [key, heights[k] ?? 0])), 36, HEIGHT)
}

describe('[G4] a long list', () => {
  test('draws at least what is in sight, wherever one is', () => {
    fc.assert(
      fc.property(lists, fc.nat(50_000), (heights, y) => {
        const layout = laidOut(heights)
        const top = Math.min(y, Math.max(0, endOf(layout) - HEIGHT))
        const { start, end } = windowOf(layout, top, HEIGHT, 0)
        const above = layout.tops[start] ?? 0
        const below = end < heights.length ? (layout.tops[end] ?? 0) : Number.POSITIVE_INFINITY
        expect(start === 0 || above <= top).toBe(true)
        expect(below).toBeGreaterThan(Math.min(top + HEIGHT, endOf(layout)) - 1)
      }),
    )
  })

  test('keeps what one looks at in its place when rows come above and below, and heights turn out otherwise', () => {
    fc.assert(
      fc.property(lists, lists, lists, fc.nat(50_000), (above, here, below, y) => {
        const before = laidOut(here, 100)
        const top = Math.min(y, Math.max(0, endOf(before) - HEIGHT))
        const anchor: Anchor = anchorAt(before, top, HEIGHT, 0)
        const all = [...above, ...here, ...below]
        const after = laidOut(all, 100 - above.length)
        const [held] = anchor ?? []
        if (!held) return
        const now = topOf(after, anchor, HEIGHT)
        const place = (layout: typeof after): number => layout.tops[layout.keys.indexOf(held.key)] ?? Number.NaN
        const most = Math.max(0, endOf(after) - HEIGHT)
        const wanted = place(after) - (place(before) - top)
        expect(now).toBeCloseTo(Math.max(0, Math.min(most, wanted)))
      }),
    )
  })

  test('keeps its place also when the row at the top goes, as that of a day does', () => {
    const before = layOut(['day2', 'k2', 'k3', 'k4'], new Map([['k4', 900]]), 36, HEIGHT)
    const anchor = anchorAt(before, 0, HEIGHT, 0)
    const after = layOut(['day1', 'k1', 'k2', 'k3', 'k4'], new Map([['k4', 900]]), 36, HEIGHT)
    const place = (layout: typeof after, top: number): number => (layout.tops[layout.keys.indexOf('k2')] ?? 0) - top
    // The list cannot be scrolled beyond its start; there is nothing else that would move it.
    expect(place(after, topOf(after, anchor, HEIGHT))).toBe(place(before, 0))
  })

  test('stays at its end while one is there', () => {
    const before = laidOut([300, 300, 300])
    const anchor = anchorAt(before, endOf(before) - HEIGHT - 10, HEIGHT, 16)
    expect(anchor).toBeNull()
    const after = laidOut([300, 300, 300, 40])
    expect(topOf(after, anchor, HEIGHT)).toBe(endOf(after) - HEIGHT)
  })

  test('that is lower than what shows it stands at the bottom', () => {
    const layout = laidOut([20, 20])
    expect(endOf(layout)).toBe(HEIGHT)
    expect(topOf(layout, null, HEIGHT)).toBe(0)
  })
})
