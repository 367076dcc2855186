// Versions share most of their memory, and none sees the additions to another.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Result } from '../../src/model/event.ts'
import { PENDING_MAX } from '../../src/model/limits.ts'
import { Results } from '../../src/model/state/results.ts'

const result = (n: number): Result => ({ n, seq: n, code: null, detail: '' })

test('however versions branch, each has the latest that were added to it, and nothing else', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 500 }), choices => {
      const versions: { readonly results: Results; readonly added: readonly Result[] }[] = [
        { results: Results.of([]), added: [] },
      ]
      for (const [n, choice] of choices.entries()) {
        // Mostly the latest, as the reducer does.
        const from = versions[choice % 7 === 0 ? choice % versions.length : versions.length - 1]
        if (from) versions.push({ results: from.results.with(result(n)), added: [...from.added, result(n)] })
      }
      for (const { results, added } of versions) {
        const kept = added.slice(-PENDING_MAX)
        expect(results.list()).toEqual(kept)
        expect(results.oldest).toEqual(kept[0])
        expect(kept.every(one => results.find(one.n) === one || results.find(one.n)?.n === one.n)).toBe(true)
        expect(added.slice(0, -PENDING_MAX).every(({ n }) => results.find(n) === undefined)).toBe(true)
      }
    }),
  )
})
