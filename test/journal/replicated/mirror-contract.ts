/** The contract of a node's copy of a replicated log, run on each implementation. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Mirror } from '../../../src/journal/replicated/mirror.ts'
import { type BatchPlace, endOf, type Places } from '../../../src/journal/replicated/stream/places.ts'
import { cast } from '../../helpers/cast.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { draft } from '../contract.ts'

export type Opened = { readonly mirror: Mirror; readonly places: Places }

/** `open` gives a new, empty mirror. */
export function mirrorContract(name: string, open: () => Opened): void {
  function opened() {
    const { mirror, places } = open()
    onTestFinished(async () => {
      places.close()
      await mirror.close()
    })
    return { mirror, places }
  }

  describe(`${name}, as a mirror`, () => {
    test('has what it adopts at once, under the next numbers', async () => {
      const { mirror } = opened()
      const first = mirror.adopt(cast.map(each => draft(each, each)))
      const second = mirror.adopt([draft('a')])
      expect([...first, ...second].map(({ seq }) => seq)).toEqual([...cast.keys(), cast.length].map(k => k + 1))
      expect(mirror.last).toBe(cast.length + 1)
      expect(await entriesIn(mirror)).toEqual([...first, ...second])
      await mirror.stored()
      expect(await entriesIn(mirror, 2)).toEqual([...first, ...second].slice(2))
    })

    test('takes an input whose text is missing for one whose text was erased', async () => {
      const { mirror } = opened()
      mirror.adopt([{ ...draft('a', 'A'), texts: {} }, draft('b', 'B')])
      await mirror.stored()
      expect((await entriesIn(mirror)).map(({ texts }) => texts)).toEqual([{}, { text: 'B' }])
      await mirror.erase([1])
      expect((await entriesIn(mirror)).map(({ texts }) => texts)).toEqual([{}, { text: 'B' }])
    })

    test('may begin after a snapshot', async () => {
      const { mirror } = opened()
      await mirror.begin({ seq: 7, state: 'after seven 🎉' })
      expect([mirror.base, mirror.last, await mirror.snapshot()]).toEqual([7, 7, { seq: 7, state: 'after seven 🎉' }])
      mirror.adopt([draft('a', 'A')])
      await mirror.stored()
      expect((await entriesIn(mirror)).map(({ seq, input }) => [seq, input.id])).toEqual([[8, 'a']])
      await mirror.keep({ seq: 8, state: 'after eight' })
      expect(await mirror.snapshot()).toEqual({ seq: 8, state: 'after eight' })
    })
  })

  describe(`${name}, as places in the log`, () => {
    const batch = (node: string, place: number, seq: number): BatchPlace => ({ node, run: 'r', k: place, place, seq })
    const all = [batch('one', 2, 1), batch('two', 4, 2), batch('one', 9, 5), batch('李', 10, 5), batch('two', 14, 8)]

    function filled() {
      const { places } = opened()
      for (const each of all) places.add(each)
      return places
    }
    const placesOf = (batches: readonly BatchPlace[]) => batches.map(({ place }) => place).toSorted((a, b) => a - b)

    test('say where each node was at an input', () => {
      const places = filled()
      expect([0, 1, 4, 5, 99].map(seq => placesOf(places.latest(seq)))).toEqual([
        [],
        [2],
        [2, 4],
        [4, 9, 10],
        [9, 10, 14],
      ])
      expect(endOf(places.latest(4))).toEqual({ place: 4, seq: 2 })
      expect(places.latest(4)).toContainEqual(all[0])
    })

    test('say which batch has an input', () => {
      const places = filled()
      expect([1, 2, 3, 5, 6, 8, 9].map(seq => places.ending(seq)?.place)).toEqual([2, 4, 9, 9, 14, 14, undefined])
    })

    test.each([all.length, 3, 2])('may be given the first %s batches again', count => {
      const places = filled()
      for (const each of all.slice(0, count)) places.add(each)
      expect(placesOf(places.latest(99))).toEqual([9, 10, 14])
      expect(places.ending(3)?.place).toBe(9)
    })

    test('forget, but not where a node was last', () => {
      const places = filled()
      places.forget(5)
      expect(placesOf(places.latest(99))).toEqual([9, 10, 14])
      expect([1, 6].map(seq => places.ending(seq)?.place)).toEqual([9, 14])
    })
  })
}
