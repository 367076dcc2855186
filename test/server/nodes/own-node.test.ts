/** The start of a server that could not be stored: it's submitted again with the next input, or a second later. */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { FORMAT } from '../../../src/model/format.ts'
import { type Draft, HOST_SESSION } from '../../../src/model/input.ts'
import { STORAGE_RETRY_MS } from '../../../src/model/limits.ts'
import { newObjects, object } from '../../helpers/actors.ts'
import { enters, foreign, starts } from '../../helpers/drafts.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'

/** A server that found no room for its start in a journal with these inputs. */
async function unstored(before: readonly Draft[] = []) {
  const inner = { ...memoryJournal('epoch'), close: async () => {} }
  if (before.length > 0) await inner.append(before)
  const journal = troubledJournal(inner)
  journal.full = true
  const world = await openWorld({}, journal)
  await world.clock.settle()
  const isRefused = (): boolean => world.troubles.splice(0).some(({ type }) => type === 'storage')
  expect(isRefused()).toBe(true)
  const started = async (): Promise<number> =>
    (await entriesIn(inner)).filter(({ input }) => input.type === 'started' && input.origin !== 'elsewhere').length
  return { world, journal, isRefused, started }
}

const hello = object({ type: 'hello', name: 'Spider-Man' })

/** Earlier rules know no servers. */
const JOURNALS: readonly (readonly [string, readonly Draft[]])[] = [
  ['an empty journal', []],
  ['a journal of earlier rules', [enters('李')]],
  ['a journal of today', [foreign(HOST_SESSION, { type: 'format', format: FORMAT }), starts()]],
]

describe.each(JOURNALS)('[J3] a start that could not be stored in %s', (_, before) => {
  test('comes with the first input that can be, and nobody who enters then is lost again', async () => {
    const { world, journal, isRefused, started } = await unstored(before)
    const one = world.dial()
    for (let tries = 0; tries < 3; tries++) {
      await one.send(hello)
      expect(newObjects(one).at(-1)).toMatchObject({ type: 'rejected', code: 'storage' })
      expect(isRefused()).toBe(true)
    }
    journal.full = false
    await one.send(hello)
    expect(newObjects(one)[0]).toMatchObject({ type: 'welcome', name: 'Spider-Man' })
    await world.clock.advance(3 * STORAGE_RETRY_MS)
    expect(world.state().due.size).toBe(0)
    expect(world.state().format).toBe(FORMAT)
    expect(await started()).toBe(1)
  })

  test('is retried if nobody comes', async () => {
    const { world, journal, isRefused, started } = await unstored(before)
    await world.clock.advance(STORAGE_RETRY_MS)
    expect(isRefused()).toBe(true)
    journal.full = false
    await world.clock.advance(STORAGE_RETRY_MS)
    expect(await started()).toBe(1)
    const one = world.dial()
    await one.send(hello)
    expect(newObjects(one)[0]).toMatchObject({ type: 'welcome' })
    expect(world.state().nodes.size).toBe(1)
  })
})
