// A start from a snapshot is as good as one from the first input.
import fc from 'fast-check'
import { Map as IMap, List, OrderedMap } from 'immutable'
import { expect, test } from 'vitest'
import { FORMAT } from '../../src/model/format.ts'
import type { Entry } from '../../src/model/input.ts'
import { GRANT_KEYS_MAX, LOGGED_MAX, NOTE_MAX_BYTES, PENDING_MAX, PIECE_BYTES } from '../../src/model/limits.ts'
import type { Grant } from '../../src/model/state/grant.ts'
import { type LoggedAct, NO_RULES, SERVER } from '../../src/model/state/keeping.ts'
import { Results } from '../../src/model/state/results.ts'
import { initialState, type State } from '../../src/model/state.ts'
import { emptyRoom } from '../../src/model/view.ts'
import { snapshotParts } from '../../src/reducer/snapshot/parts.ts'
import { fromSnapshot, toSnapshot } from '../../src/reducer/snapshot.ts'
import { step } from '../../src/reducer/step.ts'
import { journals, journalsThatShare } from '../helpers/arbitrary-inputs.ts'
import { runs, seedOf } from '../helpers/seeds.ts'

const fold = (from: State, entries: readonly Entry[]) => {
  let state = from
  const events = entries.map(entry => {
    const done = step(state, entry)
    state = done.after
    return done.events
  })
  return { state, events }
}

test.each([
  ['as they are', journals],
  ['in which two sessions share a token', journalsThatShare],
])('[R1] [J7] whoever goes on from a snapshot comes to the same events and the same state: journals %s', (_, some) => {
  fc.assert(
    fc.property(some, fc.nat(), (entries, place) => {
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

test('[J7] a member in a list of before ids were listed is the one that has the name', () => {
  const named = fc
    .sample(journals, { seed: seedOf(7), numRuns: runs(20) })
    .map(entries => fold(initialState, entries).state)
  for (const state of named) {
    const kept = toSnapshot({ ...state, format: 1, topics: initialState.topics })
    const { format, topics, shared, ...plain } = JSON.parse(kept)
    const rooms = plain.rooms.map((room: { members: object[] }) => ({
      ...room,
      members: room.members.map(({ id, ...rest }: { id?: string }) => rest),
    }))
    expect(toSnapshot(fromSnapshot(JSON.stringify({ ...plain, rooms, version: 3 })) as State)).toBe(kept)
  }
})

test('[J7] a snapshot of another version is not misread: the inputs are folded again', () => {
  expect(fromSnapshot(toSnapshot(initialState).replace('"version":6', '"version":99'))).toBeNull()
})

test('[J7] a snapshot from before lapsed sessions, tokens of the API, or formats of the rules, is read as it was meant', () => {
  const { lapsed, grants, hooks, format, topics, shared, ...old } = JSON.parse(toSnapshot(initialState))
  expect([lapsed, grants, hooks, format, topics, shared]).toEqual([[], [], [], 1, [], []])
  for (const kept of [
    { ...old, version: 1 },
    { ...old, lapsed, version: 2 },
    { ...old, lapsed, grants, hooks, version: 3 },
  ]) {
    expect(toSnapshot(fromSnapshot(JSON.stringify(kept)) as State)).toBe(toSnapshot(initialState))
  }
})

test('[L2] [J7] no part of a snapshot is long, however much the room holds', () => {
  const members = IMap(
    Array.from({ length: 5000 }, (_, k) => [
      `Spider-Man ${k}`,
      { id: `${k}`, name: `Spider-Man ${k}`, since: k, away: null },
    ]),
  )
  const rooms = IMap(
    Array.from({ length: 40 }, (_, k) => [`room ${k}`, { ...emptyRoom(`room ${k}`), members }] as const),
  )
  const results = Results.of(Array.from({ length: PENDING_MAX }, (_, n) => ({ n, seq: n, code: null, detail: '' })))
  const session = {
    id: 'a',
    member: 'a',
    origin: 'o',
    via: 'a',
    protocol: 'native',
    token: 't',
    last: 9,
    results,
  } as const
  const posted = OrderedMap(
    Array.from({ length: GRANT_KEYS_MAX }, (_, k) => [`key ${k}`, { hash: 'h'.repeat(64), seq: k }]),
  )
  const grant = { id: 'g', name: { text: 'ci', keys: ['ci'] }, posted } as unknown as Grant
  const spoke = OrderedMap(Array.from({ length: 5000 }, (_, k) => [`${k}`.padStart(26, 'i'), k]))
  const act = { act: 'ban', room: null, who: 'Spider-Man', reason: 'r'.repeat(NOTE_MAX_BYTES) }
  const log = List(Array.from({ length: LOGGED_MAX }, (_, k) => ({ ...act, seq: k, at: k }) as LoggedAct))
  const state: State = {
    ...{ ...initialState, format: FORMAT, rules: IMap([[SERVER, { ...NO_RULES, spoke, log }]]) },
    rooms: rooms as State['rooms'],
    sessions: IMap(Array.from({ length: 100 }, (_, k) => [`${k}`, { ...session, id: `${k}` }])),
    grants: IMap([['g', grant]]),
  }
  for (const part of snapshotParts(state)) if (part.length > 2 * PIECE_BYTES) expect.fail(part.slice(0, 99))
})

test('[R11] [J7] the topics of rooms that are empty are kept with the state, the oldest first', () => {
  const topic = { text: 'disk full', by: 'José', at: 5 }
  const topics = OrderedMap(['ops', 'a', 'b'].map((room, k) => [room, { topic, until: 10 + k }] as const))
  const again = fromSnapshot(toSnapshot({ ...initialState, format: 2, topics }))
  expect([...(again?.topics ?? [])]).toEqual([...topics])
})
