// A start from a kept state is as good as one from the first input.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../src/model/input.ts'
import { initialState, type State } from '../../src/model/state.ts'
import { fromSnapshot, toSnapshot } from '../../src/reducer/snapshot.ts'
import { after, step } from '../../src/reducer/step.ts'
import { journals } from '../helpers/arbitrary-inputs.ts'
import { runs } from '../helpers/seeds.ts'

const fold = (from: State, entries: readonly Entry[]) => {
  let state = from
  const events = entries.map(entry => {
    const done = step(state, entry)
    state = after(done)
    return done.events
  })
  return { state, events }
}

test('[R1] [J7] whoever goes on from a kept state comes to the same events and the same state', () => {
  fc.assert(
    fc.property(journals, fc.nat(), (entries, place) => {
      const cut = place % (entries.length + 1)
      const { state } = fold(initialState, entries.slice(0, cut))
      const kept = toSnapshot(state)
      const restored = fromSnapshot(kept) as State
      expect(toSnapshot(restored)).toBe(kept)
      const [live, again] = [state, restored].map(from => fold(from, entries.slice(cut)))
      expect(again?.events).toEqual(live?.events)
      expect(toSnapshot(again?.state as State)).toBe(toSnapshot(live?.state as State))
    }),
    { numRuns: runs(300) },
  )
})

test('[J7] what another version has kept is not misread: the inputs are folded again', () => {
  expect(fromSnapshot(toSnapshot(initialState).replace('"version":3', '"version":4'))).toBeNull()
})

test('[J7] what was kept before there were lapsed sessions, or tokens of the API, is read as it was meant', () => {
  const { lapsed, grants, hooks, ...old } = JSON.parse(toSnapshot(initialState))
  expect([lapsed, grants, hooks]).toEqual([[], [], []])
  for (const kept of [
    { ...old, version: 1 },
    { ...old, lapsed, version: 2 },
  ]) {
    expect(toSnapshot(fromSnapshot(JSON.stringify(kept)) as State)).toBe(toSnapshot(initialState))
  }
})
