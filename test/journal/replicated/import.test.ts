// One node's history becomes a log that several nodes share: the same inputs under the same numbers.
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { importHistory } from '../../../src/journal/replicated/import.ts'
import { replicatedJournal } from '../../../src/journal/replicated/journal.ts'
import { memoryPlaces } from '../../../src/journal/replicated/places.ts'
import { IMPORTED_AT_ONCE } from '../../../src/model/limits.ts'
import { cast } from '../../helpers/cast.ts'
import { MemoryBroker } from '../../helpers/memory-broker.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'
import { draft } from '../contract.ts'

/** A node with a history of its own, and an empty log. */
async function single() {
  const clock = virtualClock()
  const broker = new MemoryBroker(clock)
  const mirror = memoryJournal(broker.epoch)
  const names = [...cast, ...Array.from({ length: IMPORTED_AT_ONCE }, (_, k) => `${k}`)]
  await mirror.append(names.map(name => draft(name, name)))
  const places = memoryPlaces()
  const deps = { stream: broker.connect('one'), mirror, places, node: 'one', run: 'import', clock }
  const opened = async (node: string, left = { mirror: memoryJournal(broker.epoch), places: memoryPlaces() }) =>
    (await replicatedJournal({ ...left, stream: broker.connect(node), node, run: node, clock, lost: () => {} })).journal
  return { clock, broker, mirror, places, deps, opened }
}

test('all of it is on every node, and erased texts stay erased', async () => {
  const { mirror, places, deps, opened } = await single()
  await mirror.erase([2])
  await mirror.quarantine(3, 'Error: poisoned')
  const before = await entriesIn(mirror)
  expect(await importHistory(deps)).toBe(before.length)
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
  await importHistory(deps)
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
      ++batches === 2 ? new Promise<never>(() => {}) : deps.stream.append(...args),
  }
  await new Promise<void>(resolve => {
    void importHistory({ ...deps, stream: broken, places: memoryPlaces(), progress: () => resolve() })
  })
  await expect(opened('two')).rejects.toThrow('is being brought in')
  await importHistory({ ...deps, run: 'again' })
  expect(await entriesIn(await opened('two'))).toEqual(await entriesIn(mirror))
  expect(broker.messages.filter(({ kind }) => kind === 'inputs')).toHaveLength(2)
})

test('it is refused if somebody else has written to the log', async () => {
  const { deps, opened } = await single()
  await (await opened('two')).append([draft('a')])
  await expect(importHistory(deps)).rejects.toThrow('of other nodes already')
  expect(await entriesIn(await opened('three'))).toHaveLength(1)
})
