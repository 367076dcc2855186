// One node's history becomes a log that several nodes share: the same inputs under the same numbers.
import { expect, test } from 'vitest'
import { importHistory } from '../../../src/journal/replicated/opening/import.ts'
import { memoryPlaces } from '../../../src/journal/replicated/stream/places.ts'
import { CLAIM_MS, IMPORTED_AT_ONCE } from '../../../src/model/limits.ts'
import { cast } from '../../helpers/cast.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { replicatedLog } from '../../helpers/replicated-log.ts'
import type { VirtualClock } from '../../helpers/virtual-clock.ts'
import { draft } from '../contract.ts'

/** The outcome, in virtual time. */
async function inTime<T>(clock: VirtualClock, outcome: Promise<T>): Promise<T> {
  let isOver = false
  const over = (): void => {
    isOver = true
  }
  outcome.then(over, over)
  while (!isOver) await clock.advance(CLAIM_MS)
  return outcome
}

const imported = (deps: Parameters<typeof importHistory>[0] & { readonly clock: VirtualClock }): Promise<number> =>
  inTime(deps.clock, importHistory(deps))

/** A node with a history of its own, and an empty log. */
async function single() {
  const { clock, broker, fresh, node } = replicatedLog()
  const { mirror, places } = fresh()
  const names = [...cast, ...Array.from({ length: IMPORTED_AT_ONCE }, (_, k) => `${k}`)]
  await mirror.append(names.map(name => draft(name, name)))
  const deps = { stream: broker.connect('one'), mirror, places, node: 'one', run: 'import', clock }
  const opened = async (name: string, left = fresh()) => (await node(name, { left })).journal
  return { clock, broker, mirror, places, deps, opened }
}

test('all of it is on every node, and erased texts stay erased', async () => {
  const { mirror, places, deps, opened } = await single()
  await mirror.erase([2])
  await mirror.quarantine(3, 'Error: poisoned')
  const before = await entriesIn(mirror)
  expect(await imported(deps)).toBe(before.length)
  const [one, two] = [await opened('one', { mirror, places }), await opened('two')]
  expect(await entriesIn(two)).toEqual(before)
  await two.append([draft('next', '李')])
  expect((await entriesIn(one)).map(({ seq }) => seq)).toEqual([...before.map(({ seq }) => seq), before.length + 1])
  await one.erase([1])
  expect((await entriesIn(await opened('three')))[0]?.texts).toEqual({})
})

test('a history that begins with a snapshot is shared with it', async () => {
  const { mirror, deps, opened } = await single()
  await mirror.keep({ seq: 5, state: 'after five' })
  await mirror.forget(5)
  await imported(deps)
  const two = await opened('two')
  expect(await two.snapshot()).toEqual({ seq: 5, state: 'after five' })
  expect(await entriesIn(two)).toEqual(await entriesIn(mirror))
})

test('it goes on after an interruption, and nobody begins before it is through', async () => {
  const { broker, mirror, deps, opened } = await single()
  let batches = 0
  const broken = {
    ...deps.stream,
    append: (...args: Parameters<typeof deps.stream.append>) =>
      ++batches >= 2 ? new Promise<never>(() => {}) : deps.stream.append(...args),
  }
  const begun = new Promise<void>(resolve => {
    void importHistory({ ...deps, stream: broken, places: memoryPlaces(), progress: () => resolve() })
  })
  await inTime(deps.clock, begun)
  await expect(opened('two')).rejects.toThrow('is being brought in')
  await imported({ ...deps, run: 'again' })
  expect(await entriesIn(await opened('two'))).toEqual(await entriesIn(mirror))
  expect(broker.messages.filter(({ kind }) => kind === 'inputs')).toHaveLength(2)
})

test('it is refused if somebody else has written to the log', async () => {
  const { deps, opened } = await single()
  await (await opened('two')).append([draft('a')])
  await expect(imported(deps)).rejects.toThrow('of other nodes already')
  expect(await entriesIn(await opened('three'))).toHaveLength(1)
})

test('of several nodes that begin at once, one brings its history in', async () => {
  const { broker, mirror, deps } = await single()
  const other = { ...deps, stream: broker.connect('two'), places: memoryPlaces(), node: 'two' }
  const outcomes = Promise.allSettled([importHistory(deps), importHistory(other)])
  expect((await inTime(deps.clock, outcomes)).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  expect(broker.messages.filter(({ kind }) => kind === 'text')).toHaveLength(mirror.last)
})
