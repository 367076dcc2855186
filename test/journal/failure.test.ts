/**
 * Tables that fail. Inputs that the log has taken stay and are served; the next commit is refused, and nothing of it is
 * there; the first one after the trouble succeeds.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DataError } from '../../src/journal/data-error.ts'
import { sqliteJournal } from '../../src/journal/sqlite/journal.ts'
import { openParts } from '../../src/journal/sqlite/parts.ts'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import type { Entry } from '../../src/model/input.ts'
import { STORAGE_RETRY_MS } from '../../src/model/limits.ts'
import type { Journal } from '../../src/port/journal.ts'
import { toSnapshot } from '../../src/reducer/snapshot.ts'
import { native, newObjects, object, say, textsOf } from '../helpers/actors.ts'
import { openWorld } from '../helpers/open-world.ts'
import { promptDisk } from '../helpers/prompt-disk.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { recovered } from '../helpers/recovered.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import type { World } from '../helpers/world.ts'
import { draft } from './contract.ts'

/** A journal, and the ways in which its tables can fail. */
function failing() {
  const directory = temporaryFolder()
  const file = join(directory, JOURNAL_FILE)
  const { journal: begun, origin } = openStore(directory, randomUUID)
  onTestFinished(() => begun.close())
  const reopened = begun.close().then(() => {
    const parts = openParts(file, randomUUID, promptDisk)
    const journal = sqliteJournal(parts, file)
    const other = new DatabaseSync(file, { timeout: 0 })
    onTestFinished(async () => {
      other.close()
      await journal.close()
    })
    return { directory, origin, file, journal, other, db: parts.db }
  })
  return reopened
}

type Failing = Awaited<ReturnType<typeof failing>>

/** How a commit is made to fail, how that ends, and the sentence. */
type Failure = readonly [name: string, begin: (on: Failing) => void, end: (on: Failing) => void, sentence: string]

const FAILURES: readonly Failure[] = [
  [
    'is locked by another program',
    ({ other }) => other.exec('BEGIN IMMEDIATE'),
    ({ other }) => other.exec('ROLLBACK'),
    'another program holds it. Stop that one, or choose another directory with --data.',
  ],
  [
    // As on a full disk: SQLite has the same code for both.
    'can have no more pages',
    ({ db }) => db.exec('PRAGMA max_page_count = 1'),
    ({ db }) => db.exec('PRAGMA max_page_count = 1000000'),
    'the disk is full. Make room: what could not be stored was refused, and nothing else is lost.',
  ],
  [
    'cannot be written',
    ({ db }) => db.exec('PRAGMA query_only = ON'),
    ({ db }) => db.exec('PRAGMA query_only = OFF'),
    'it cannot be written. Give this user the right to, or choose another directory with --data.',
  ],
]

/** More than the free pages of a new file can take. */
const LONG = 'long '.repeat(20_000)

describe.each(FAILURES)('if the file %s', (_, begin, end, sentence) => {
  test('an append says so; nothing of it comes back, also later; the next one goes on in its place [J3]', async () => {
    const on = await failing()
    const { journal, file } = on
    const came: Entry[] = []
    journal.committed$.subscribe(batch => came.push(...batch))
    await journal.append([draft('a', 'before')])
    await journal.keep({ seq: 1, state: 'before' })
    await entriesIn(journal)
    begin(on)
    await journal.append([draft('l', LONG)])
    for (const id of ['x', 'y', 'z']) {
      expect(await entriesIn(journal)).toEqual(came)
      const failed = journal.append([draft(`${id}1`), draft(`${id}2`, LONG), draft(`${id}3`)])
      await expect(failed).rejects.toThrow(new DataError(`${file}: ${sentence}`))
      expect(await entriesIn(journal)).toEqual(came)
    }
    expect(await journal.snapshot()).toEqual({ seq: 1, state: 'before' })
    end(on)
    await journal.append([draft('b', LONG), draft('c')])
    expect(came.map(({ seq, input }) => [seq, input.id])).toEqual([
      [1, 'a'],
      [2, 'l'],
      [3, 'b'],
      [4, 'c'],
    ])
    expect(await entriesIn(journal)).toEqual(came)
  })

  test('other requests fail with it too, and succeed later [J3]', async () => {
    const on = await failing()
    const { journal, file } = on
    await journal.append([draft('a', 'text'), draft('b', 'more')])
    const asks = [
      () => journal.quarantine(2, LONG),
      () => journal.keep({ seq: 2, state: LONG }),
      () => journal.erase([1]),
      () => journal.forget(2),
    ]
    const before = await entriesIn(journal)
    begin(on)
    // To take something out needs no room.
    const failures = sentence.includes('full') ? asks.slice(0, 2) : asks
    const told = expect.stringMatching(sentence.includes('another program') ? /: another program/ : /./)
    for (const ask of failures) {
      const error: unknown = await ask().catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(DataError)
      expect((error as Error).message).toEqual(told)
      if (ask === asks[0] || ask === asks[1]) expect((error as Error).message).toBe(`${file}: ${sentence}`)
    }
    expect([await entriesIn(journal), await journal.snapshot()]).toEqual([before, null])
    end(on)
    for (const ask of asks.slice(0, 3)) await ask()
    expect(await entriesIn(journal)).toEqual([
      { ...before[0], texts: {} },
      { ...before[1], quarantined: LONG },
    ])
    expect(await journal.snapshot()).toEqual({ seq: 2, state: LONG })
    await asks[3]?.()
    expect(await entriesIn(journal)).toEqual([])
    await journal.append([draft('c')])
    expect((await entriesIn(journal)).map(({ seq }) => seq)).toEqual([3])
  })

  test('a start after it finds all that was appended before and since [J3]', async () => {
    const on = await failing()
    const { journal, directory } = on
    await journal.append([draft('a', 'before')])
    begin(on)
    await journal.append([draft('l', LONG)])
    await entriesIn(journal)
    await journal.append([draft('x', LONG)]).catch(() => {})
    end(on)
    await journal.append([draft('b', 'since')])
    const entries = await entriesIn(journal)
    expect(entries.map(({ input }) => input.id)).toEqual(['a', 'l', 'b'])
    await journal.close()
    const again = openStore(directory, randomUUID)
    onTestFinished(() => again.journal.close())
    expect(await entriesIn(again.journal)).toEqual(entries)
  })

  test('the sender is told, the room stays as it was and is shown, and later it goes on by itself [D2] [J3]', async () => {
    const on = await failing()
    const { journal, origin, file } = on
    const world = await openWorld({ grace: 0, origin }, journal)
    const [alice, bob] = [await native(world, 'alice'), await native(world, 'bob')]
    const carol = await native(world, 'carol')
    await alice.send(say('before', { n: 1 }))
    begin(on)
    await fill(journal)
    await world.clock.settle()
    for (const wire of [alice, bob]) wire.news()
    const before = world.state()
    await alice.send(say(LONG.slice(0, 8000), { n: 2 }))
    expect(newObjects(alice)).toMatchObject([{ type: 'rejected', n: 2, code: 'storage', retry: true }])
    expect(takeStorage(world)).toEqual([`${file}: ${sentence}`])
    await bob.send(object({ type: 'who', n: 1 }) + object({ type: 'rooms', n: 2 }))
    expect(newObjects(bob)).toMatchObject([
      { type: 'who', n: 1, members: [{ name: 'alice' }, { name: 'bob' }, { name: 'carol' }] },
      { type: 'rooms', n: 2, rooms: [{ room: 'lobby', members: 3 }] },
    ])
    expect(world.state()).toBe(before)
    // Nobody is there to be told that this could not be stored; it is tried until it is.
    carol.peer.vanish()
    await world.clock.advance(3 * STORAGE_RETRY_MS)
    expect(new Set(takeStorage(world))).toEqual(new Set([`${file}: ${sentence}`]))
    expect(world.state()).toBe(before)
    end(on)
    await alice.send(say('after', { n: 3 }))
    expect(newObjects(bob)).toMatchObject([{ type: 'said', text: 'after' }])
    await world.clock.advance(STORAGE_RETRY_MS)
    expect(newObjects(bob)).toMatchObject([{ type: 'quit', name: 'carol' }])
    expect([world.state().members.size, textsOf(alice), world.troubles]).toEqual([2, ['before', 'after'], []])
    expect(toSnapshot(await recovered(journal))).toBe(toSnapshot(world.state()))
  })
})

/** Until not even the shortest input can be stored. */
async function fill(journal: Journal): Promise<void> {
  const shortest = draft('')
  for (let isFull = false; !isFull; ) {
    await journal.append([shortest]).catch(() => {
      isFull = true
    })
    await entriesIn(journal)
  }
}

const takeStorage = (world: World): readonly string[] =>
  world.troubles.splice(0).map(trouble => {
    expect(trouble).toMatchObject({ type: 'storage', error: expect.any(DataError) })
    return (trouble as { readonly error: Error }).error.message
  })

test('while a reader keeps the log of the tables from being emptied, SQLite orders its own writes', async () => {
  const file = join(temporaryFolder(), JOURNAL_FILE)
  await openStore(join(file, '..'), randomUUID).journal.close()
  const parts = openParts(file, randomUUID, promptDisk)
  const journal = sqliteJournal(parts, file)
  onTestFinished(() => journal.close())
  const { checkpoints, db } = parts
  const synchronous = () => db.prepare('PRAGMA synchronous').get()
  await journal.append([draft('a', 'before')])
  await entriesIn(journal)
  const reader = new DatabaseSync(file, { readOnly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT * FROM entries').all()
  expect([checkpoints.settleNow(), synchronous()]).toEqual([false, { synchronous: 1 }])
  reader.close()
  expect([checkpoints.settleNow(), synchronous()]).toEqual([true, { synchronous: 0 }])
})

test('while a reader keeps the log of the tables from being emptied, nothing is forgotten yet [Y7]', async () => {
  const directory = temporaryFolder()
  const { journal } = openStore(directory, randomUUID)
  onTestFinished(() => journal.close())
  await journal.append([draft('a', 'Mr.Blue'), draft('b', '🎉')])
  await entriesIn(journal)
  const reader = new DatabaseSync(join(directory, JOURNAL_FILE), { readOnly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT * FROM entries').all()
  const texts = async () => (await entriesIn(journal)).map(entry => entry.texts.text ?? null)
  await expect(journal.forget(1)).rejects.toThrow('another program reads it now')
  expect(await texts()).toEqual(['Mr.Blue', '🎉'])
  reader.close()
  await journal.forget(1)
  expect(await texts()).toEqual([null, '🎉'])
})
