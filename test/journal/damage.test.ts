/**
 * Damage, everywhere in the file: the entries read are those written, or a sentence names the fault and the remedy.
 * Limit: SQLite drops the end of a damaged log, as after a loss of power; the rest is a whole, older journal.
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DataError } from '../../src/journal/data-error.ts'
import { JOURNAL_FILE, openStore, type Store } from '../../src/journal/sqlite/store.ts'
import type { Entry } from '../../src/model/input.ts'
import type { Snapshot } from '../../src/port/journal.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { runs, seedOf } from '../helpers/seeds.ts'
import { folderInMemory } from '../helpers/temporary-folder.ts'
import { draft } from './contract.ts'

const PAGE = 4096
const REMEDY = /Restore a backup|Update rxchat|[Cc]hoose another directory|Give this user/

type Found = {
  readonly names: readonly string[]
  readonly snapshot: Snapshot | null
  readonly entries: readonly Entry[]
  readonly error: unknown
}

/** All that can be read in a directory, up to the first error. */
async function look(directory: string): Promise<Found> {
  const found = {
    names: [] as string[],
    snapshot: null as Snapshot | null,
    entries: [] as Entry[],
    error: null as unknown,
  }
  let store: Store | null = null
  try {
    store = openStore(directory, () => 'made anew')
    found.names.push(store.origin, store.journal.epoch)
    found.snapshot = await store.journal.snapshot()
    for await (const entries of store.journal.read(0)) found.entries.push(...entries)
  } catch (error) {
    found.error = error
  }
  await store?.journal.close()
  return found
}

/** A few dozen inputs with all that can be beside them; `past`: inputs up to here are forgotten. */
async function write(directory: string, past: number): Promise<Store> {
  const store = openStore(directory, () => `id ${++ids}`)
  const { journal } = store
  const texts = (k: number): string | null => (k % 5 === 0 ? null : `text ${k} `.repeat(k % 7 === 0 ? 700 : k))
  for (let k = 1; k <= 40; k += 4) await journal.append([k, k + 1, k + 2, k + 3].map(n => draft(`id${n}`, texts(n))))
  for (const seq of [20, 33]) await journal.keep({ seq, state: `state ${seq} `.repeat(900) })
  await journal.quarantine(37, 'Error: poisoned')
  await journal.erase([36])
  if (past > 0) await journal.forget(past)
  return store
}
let ids = 0

/** A journal that is whole, the bytes of its file, and its content. */
type Sound = { readonly bytes: Buffer; readonly whole: Found; readonly states: readonly (Snapshot | null)[] }

async function sound(past: number): Promise<Sound> {
  const directory = folderInMemory()
  const store = await write(directory, past)
  await store.journal.close()
  const bytes = readFileSync(join(directory, JOURNAL_FILE))
  const whole = await look(directory)
  const older = { seq: 20, state: 'state 20 '.repeat(900) }
  // If inputs are forgotten, only a snapshot can stand for them.
  return { bytes, whole, states: [whole.snapshot, older, ...(past > 0 ? [] : [null])] }
}

/** Opens a directory with these bytes for a journal. Fails if the content is neither right nor an explained error. */
async function expectNoLie(
  bytes: Uint8Array,
  { whole, states }: Sound,
  directory: string,
  how: string,
): Promise<Found> {
  const file = join(directory, JOURNAL_FILE)
  writeFileSync(file, bytes)
  const found = await look(directory)
  if (found.error !== null) {
    expect(found.error, how).toBeInstanceOf(DataError)
    expect((found.error as Error).message, how).toContain(file)
    expect((found.error as Error).message, how).toMatch(REMEDY)
  } else {
    expect(found.entries.length, how).toBe(whole.entries.length)
  }
  expect(found.entries, how).toEqual(whole.entries.slice(0, found.entries.length))
  if (found.names.length > 0) expect(found.names, how).toEqual(whole.names)
  expect(states, how).toContainEqual(found.error === null ? found.snapshot : (found.snapshot ?? states[0]))
  return found
}

/** Numbers below `below` that are the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const pagesOf = (bytes: Uint8Array): readonly number[] =>
  Array.from({ length: bytes.length / PAGE }, (_, k) => k * PAGE)

/** Changes of a byte. */
const CHANGES: readonly ((byte: number) => number)[] = [byte => byte ^ 1, byte => byte ^ 0x80, () => 0, () => 0xff]

describe.each([
  ['a journal from its beginning on', 0],
  ['a journal whose beginning is forgotten', 20],
])('%s', (_, past) => {
  test('is as it was written, or reports the damage, for any changed byte [J4]', async () => {
    const it = await sound(past)
    const directory = folderInMemory()
    const random = seeded(seedOf(past + 1))
    for (const page of pagesOf(it.bytes)) {
      // The header of the file or page and the first cells' places one by one, and some of the bytes after them.
      const head = Array.from({ length: page === 0 ? 124 : 24 }, (_, k) => k)
      for (const at of [...head, ...Array.from({ length: 24 }, () => random(PAGE))]) {
        const bytes = Buffer.from(it.bytes)
        const byte = bytes[page + at] ?? 0
        bytes[page + at] = CHANGES[random(CHANGES.length)]?.(byte) ?? 0
        await expectNoLie(bytes, it, directory, `byte ${at} of page ${page / PAGE + 1} is ${bytes[page + at]}`)
      }
    }
  })

  test('is what was written, or says that it is not, where a stretch of it is lost [J4]', async () => {
    const it = await sound(past)
    const directory = folderInMemory()
    const random = seeded(seedOf(past + 2))
    for (const page of pagesOf(it.bytes)) {
      for (const length of [8, 64, 512, PAGE]) {
        const bytes = Buffer.from(it.bytes)
        const from = page + random(PAGE / length) * length
        await expectNoLie(bytes.fill(0, from, from + length), it, directory, `${length} zeros from ${from}`)
        for (let at = from; at < from + length; at++) bytes[at] = random(256)
        await expectNoLie(bytes, it, directory, `${length} bytes of garbage from ${from}`)
      }
    }
  })

  test('is what was written, or says that it is not, where a page stands in the place of another [J4]', async () => {
    const it = await sound(past)
    const directory = folderInMemory()
    const random = seeded(seedOf(past + 4))
    const pages = pagesOf(it.bytes)
    for (const to of pages.slice(1)) {
      for (let k = 0; k < runs(6); k++) {
        const from = pages[random(pages.length)] as number
        const bytes = Buffer.from(it.bytes)
        it.bytes.copy(bytes, to, from, from + PAGE)
        await expectNoLie(bytes, it, directory, `page ${to / PAGE + 1} is page ${from / PAGE + 1}`)
      }
    }
  })

  test('says that it was cut off, wherever that was [J4]', async () => {
    const it = await sound(past)
    const directory = folderInMemory()
    for (const page of pagesOf(it.bytes)) {
      for (const length of [page, page + 1, page + 511, page + PAGE - 1]) {
        // Of nothing at all nobody can say that it was something.
        if (length === 0) continue
        const { error } = await expectNoLie(it.bytes.subarray(0, length), it, directory, `cut off after ${length}`)
        if (length === page) expect(error, `cut off after ${length}`).toBeInstanceOf(DataError)
      }
    }
  })

  test('is what was written with garbage for a log beside it [J4]', async () => {
    const it = await sound(past)
    const directory = folderInMemory()
    const random = seeded(seedOf(past + 3))
    for (const length of [1, 31, 32, 33, 56, 32 + 24 + PAGE, 100_000]) {
      for (const name of ['wal', 'shm']) {
        const garbage = Buffer.from(Array.from({ length }, () => random(256)))
        writeFileSync(join(directory, `${JOURNAL_FILE}-${name}`), garbage)
        const { error } = await expectNoLie(it.bytes, it, directory, `${length} bytes of garbage for ${name}`)
        expect(error).toBeNull()
      }
    }
  })

  test('gives the older state where the latest is damaged; where both are, a full replay or an error [J4] [J7]', async () => {
    const it = await sound(past)
    const directory = folderInMemory()
    const bytes = Buffer.from(it.bytes)
    bytes.write('STATE', bytes.indexOf('state 33 '))
    expect((await expectNoLie(bytes, it, directory, 'the latest')).snapshot?.seq).toBe(20)
    bytes.write('STATE', bytes.indexOf('state 20 '))
    const { snapshot, error } = await expectNoLie(bytes, it, directory, 'both')
    expect([snapshot, error === null]).toEqual([null, past === 0])
  })
})

describe("SQLite's log that the killed server left, without the commit log", () => {
  /** The files as they are while a server runs: some inputs are in the log alone. */
  async function killed() {
    const running = folderInMemory()
    const store = await write(running, 0)
    for (let k = 41; k <= 80; k += 4) {
      await store.journal.append([k, k + 1, k + 2, k + 3].map(n => draft(`id${n}`, `text ${n} `.repeat(n))))
      // A read brings them into the tables.
      await entriesIn(store.journal)
    }
    const copies = (directory: string): void => {
      for (const name of [JOURNAL_FILE, `${JOURNAL_FILE}-wal`]) copyFileSync(join(running, name), join(directory, name))
    }
    const entries = await entriesIn(store.journal)
    const names = [store.origin, store.journal.epoch]
    return { copies, entries, names, close: () => store.journal.close() }
  }

  test('is read to its end [J2]', async () => {
    const { copies, entries, names, close } = await killed()
    const directory = folderInMemory()
    copies(directory)
    const found = await look(directory)
    expect([found.error, found.entries, found.names]).toEqual([null, entries, names])
    await close()
  })

  test('loses its end where it is damaged, and nothing before: the journal stays the same one [J2]', async () => {
    const { copies, entries, names, close } = await killed()
    const directory = folderInMemory()
    const log = join(directory, `${JOURNAL_FILE}-wal`)
    const found: number[] = []
    copies(directory)
    const bytes = readFileSync(log)
    for (let at = 0; at < bytes.length; at += 1999) {
      copies(directory)
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ 0x10
      writeFileSync(log, damaged)
      const left = await look(directory)
      expect([left.error, left.names], `byte ${at}`).toEqual([null, names])
      expect(left.entries.length % 4, `byte ${at}: commits are whole`).toBe(0)
      const unmarked = ({ input, seq }: Entry) => [input, seq]
      expect(left.entries.map(unmarked)).toEqual(entries.slice(0, left.entries.length).map(unmarked))
      found.push(left.entries.length)
    }
    expect([found.length > 50, found[0], found.at(-1)]).toEqual([true, 40, 76])
    expect(found).toEqual(found.toSorted((a, b) => a - b))
    await close()
  })

  test('is never taken for nothing where the file beside it is empty or gone [J4]', async () => {
    const { copies, close } = await killed()
    const directory = folderInMemory()
    copies(directory)
    const log = readFileSync(join(directory, `${JOURNAL_FILE}-wal`))
    expect(log.length).toBeGreaterThan(0)
    truncateSync(join(directory, JOURNAL_FILE))
    const { error } = await look(directory)
    expect(error).toBeInstanceOf(DataError)
    expect((error as Error).message).toMatch(/journal\.db is empty, but .*journal\.db-wal is not.*Restore a backup/)
    expect(readFileSync(join(directory, `${JOURNAL_FILE}-wal`))).toEqual(log)
    await close()
  })
})

describe('a commit log that the killed server left', () => {
  /** The tables as they were before the last ten commits, which are in the log, and all that was committed. */
  async function killed() {
    const running = folderInMemory()
    await (await write(running, 0)).journal.close()
    const tables = readFileSync(join(running, JOURNAL_FILE))
    const { entries } = await look(running)
    const store = openStore(running, () => 'unused')
    const committed: Entry[] = [...entries]
    store.journal.committed$.subscribe(batch => committed.push(...batch))
    for (let k = 41; k <= 80; k += 4) {
      await store.journal.append([k, k + 1, k + 2, k + 3].map(n => draft(`id${n}`, `text ${n} 李🎉`.repeat(n % 9))))
    }
    const log = readFileSync(join(running, `${JOURNAL_FILE}-log`))
    await store.journal.close()
    const folder = folderInMemory()
    let folders = 0
    /** The entries found with these bytes for a log. */
    const foundWith = async (bytes: Uint8Array, goOn = false): Promise<Found> => {
      const directory = join(folder, `${++folders}`)
      mkdirSync(directory)
      writeFileSync(join(directory, JOURNAL_FILE), tables)
      writeFileSync(join(directory, `${JOURNAL_FILE}-log`), bytes)
      if (goOn) {
        const again = openStore(directory, () => 'unused')
        await again.journal.append([draft('after', 'Mr.Blue')])
        await again.journal.close()
      }
      const found = await look(directory)
      rmSync(directory, { recursive: true })
      return found
    }
    /** The end of the last record. */
    const end = log.findLastIndex(byte => byte !== 0) + 1
    return { committed, log, end, foundWith }
  }

  /** Some commits, whole and from the first on. */
  function expectBeginning(found: Found, committed: readonly Entry[], how: string): number {
    expect(found.error, how).toBeNull()
    expect(found.entries.length % 4, how).toBe(0)
    expect(found.entries, how).toEqual(committed.slice(0, found.entries.length))
    return found.entries.length
  }

  test('is read to its end, and goes on there [J2]', async () => {
    const { committed, log, foundWith } = await killed()
    expect((await foundWith(log)).entries).toEqual(committed)
    const { entries } = await foundWith(log, true)
    expect(entries.slice(0, -1)).toEqual(committed)
    expect(entries.at(-1)).toMatchObject({ seq: 81, texts: { text: 'Mr.Blue' } })
  })

  test('loses its end where it is torn, wherever that is, and goes on before it [J2]', async () => {
    const { committed, log, end, foundWith } = await killed()
    const lengths = new Set<number>()
    for (let at = 0; at <= end; at += at < 200 ? 1 : 13) {
      const torn = Buffer.from(log).fill(0, at)
      lengths.add(
        expectBeginning(await foundWith(at % 2 === 0 ? torn : log.subarray(0, at)), committed, `cut at ${at}`),
      )
    }
    expect([...lengths]).toEqual(Array.from({ length: 10 }, (_, k) => 40 + k * 4))
    const { entries } = await foundWith(Buffer.from(log).fill(0, end - 3), true)
    expect(entries.slice(0, -1)).toEqual(committed.slice(0, 76))
    expect(entries.at(-1)).toMatchObject({ seq: 77, input: { id: 'after' } })
  })

  test('loses its end where a byte is another, and nothing before: the journal stays the same one [J2]', async () => {
    const { committed, log, end, foundWith } = await killed()
    const lengths: number[] = []
    for (let at = 0; at < end; at += at < 100 ? 1 : 17) {
      const damaged = Buffer.from(log)
      damaged[at] = (damaged[at] ?? 0) ^ 0x10
      lengths.push(expectBeginning(await foundWith(damaged), committed, `byte ${at}`))
    }
    expect([lengths[0], lengths.at(-1)]).toEqual([40, 76])
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
  })

  test('of another journal, or after a gap, is refused and not touched [J4]', async () => {
    const [one, other] = [await killed(), await killed()]
    const error = (await one.foundWith(other.log)).error as Error
    expect(error).toBeInstanceOf(DataError)
    expect(error.message).toMatch(/journal\.db-log belongs to another journal\. Restore a backup/)
  })
})
