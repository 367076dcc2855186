/**
 * Files that go missing under a running server, or beside it: nothing is taken for stored that would not be there
 * later.
 */
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DataError } from '../../src/journal/data-error.ts'
import type { Disk } from '../../src/journal/sqlite/file/disk.ts'
import { JOURNAL_FILE, openStore, type Store } from '../../src/journal/sqlite/store.ts'
import type { Body, Draft } from '../../src/model/input.ts'
import { CHUNK_INPUTS } from '../../src/model/limits.ts'
import { cast } from '../helpers/cast.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { recording } from '../helpers/recording.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft } from './contract.ts'

let ids = 0

/** Somebody is heard: with `body`, in their own words. */
const spoken = (body: Body, text: string): Draft => ({
  input: { ...body, id: `id ${++ids}`, at: ids, origin: 'here', session: 'Spider-Man', n: null },
  texts: { text },
})

const SPOKEN: readonly (readonly [string, Body])[] = [
  ['say', { type: 'say', room: 'lobby', action: false }],
  ['tell', { type: 'tell', to: { key: '田中', text: '田中' }, action: false }],
  ['post', { type: 'post', room: 'lobby', action: false, key: null }],
]

function opened(directory = temporaryFolder()): { readonly store: Store; readonly directory: string } {
  const store = openStore(directory, () => `id ${++ids}`)
  onTestFinished(() => store.journal.close())
  return { store, directory }
}

/** Behind the server's back. */
function meddle(directory: string, sql: string): void {
  const db = new DatabaseSync(join(directory, JOURNAL_FILE))
  db.exec(sql)
  db.close()
}

describe.each(SPOKEN)('the text of a %s', (_, body) => {
  test.each(["''", "'null'", '\'"There"\''])(
    'that is %s by another hand is damage, and not a deletion [J4]',
    async how => {
      const { store, directory } = opened()
      const others = Array.from({ length: CHUNK_INPUTS - 1 }, () => spoken(body, 'hello'))
      const lost = CHUNK_INPUTS + 1
      await store.journal.append([spoken(body, 'hello'), ...others, spoken(body, 'there')])
      recording(
        store.history,
        [1, lost].map(seq => ({
          seq,
          at: seq,
          room: 'lobby',
          from: 'a|b',
          to: null,
          action: false,
          author: 'a',
          account: false,
          other: null,
          mentions: [],
        })),
      )
      store.history.flush()
      meddle(directory, `UPDATE entries SET texts = ${how} WHERE first = ${lost}`)
      await expect(entriesIn(store.journal)).rejects.toThrow(DataError)
      expect(() => store.history.page({ room: 'lobby' }, { after: 0 }, 10)).toThrow(DataError)
      expect(store.history.find(1)?.text).toBe('hello')
    },
  )

  test('that was erased or forgotten is gone, and no damage [Y5] [Y7]', async () => {
    const { store } = opened()
    await store.journal.append([spoken(body, 'hello'), spoken(body, 'there')])
    await store.journal.erase([2])
    expect((await entriesIn(store.journal)).map(({ texts }) => texts.text ?? null)).toEqual(['hello', null])
    await store.journal.forget(1)
    expect((await entriesIn(store.journal)).map(({ texts }) => texts.text ?? null)).toEqual([null, null])
  })
})

test('a start after a kill finishes what was being forgotten: no byte of it is left [Y7]', async () => {
  const directory = temporaryFolder()
  const copy = join(temporaryFolder(), 'copy')
  const SECRET = 'the secret of 李'
  let isForgetting = false
  const disk: Disk = {
    async write(fd, bytes, at) {
      // It's killed before it removes anything from the commit log.
      if (isForgetting) cpSync(directory, copy, { recursive: true, filter: path => !path.endsWith('-shm') })
      isForgetting = false
      writeSync(fd, bytes, 0, bytes.length, at)
    },
    sync: async () => {},
  }
  const { journal } = openStore(directory, () => `id ${++ids}`, disk)
  onTestFinished(() => journal.close())
  await journal.append([draft('a', SECRET)])
  await journal.append([draft('b', 'no secret')])
  isForgetting = true
  await journal.forget(1)
  const { store } = opened(copy)
  const files = readdirSync(copy).map(name => readFileSync(join(copy, name)))
  expect(files.some(bytes => bytes.includes(SECRET))).toBe(false)
  expect((await entriesIn(store.journal)).map(({ texts }) => texts.text ?? null)).toEqual([null, 'no secret'])
})

const LOST: readonly (readonly [string, (file: string) => void, (file: string) => void])[] = [
  ['removed', file => rmSync(file), () => {}],
  ['moved away', file => renameSync(file, `${file}.away`), file => renameSync(`${file}.away`, file)],
  ['removed, but for the file beside its log', file => rmSync(`${file}-wal`), () => {}],
]

describe.each(LOST)('a journal that was %s under the running server', (how, lose, giveBack) => {
  test('takes nothing more: each write says so, with the remedy [J3]', async () => {
    const { store, directory } = opened()
    const { journal } = store
    const file = join(directory, JOURNAL_FILE)
    let came = 0
    journal.committed$.subscribe(batch => {
      came += batch.length
    })
    await journal.append([draft('a', 'before')])
    lose(file)
    for (const write of [
      () => journal.append([draft('b', 'after')]),
      () => journal.keep({ seq: 1, state: '{}' }),
      () => journal.quarantine(1, 'poisoned'),
      () => journal.erase([1]),
      () => journal.forget(1),
    ]) {
      await expect(write()).rejects.toThrow(/was removed or replaced while the server ran.*Put it back; or stop/)
    }
    expect(came).toBe(1)
    if (how !== 'moved away') return
    giveBack(file)
    await journal.append([draft('c', 'back')])
    expect((await entriesIn(journal)).map(({ texts }) => texts.text ?? null)).toEqual(['before', 'back'])
  })
})

describe('on a full disk', () => {
  /** A store that has no page to spare, with as many messages as fit; the waiting ones are in memory alone. */
  async function full() {
    const { store, directory } = opened()
    const names = cast
    const said = names.map((from, at) => ({
      ...{ seq: at + 1, at: at + 1, room: at % 3 === 2 ? null : 'lobby', from, to: at % 3 === 2 ? 'bob' : null },
      ...{ action: false, account: false, mentions: [], author: from, other: at % 3 === 2 ? 'bob' : null },
    }))
    await store.journal.append(
      names.map((name, at) => spoken(SPOKEN[at % 3 === 2 ? 1 : 0]?.[1] as Body, `I am ${name}`)),
    )
    const half = said.slice(0, 4)
    recording(store.history, half)
    store.history.index()
    return { store, directory, said }
  }

  test('all of the past is read, searched and counted as if there were room [J3] [Y2] [Y4]', async () => {
    const there = await full()
    const { history } = there.store
    const ask = () => [
      ...[3, 4, 5, 50].flatMap(limit => [
        history.page({ room: 'lobby' }, { before: 100 }, limit),
        history.page({ room: 'lobby' }, { after: 1 }, limit),
        history.page({ room: 'lobby' }, { since: 3 }, limit),
        history.page({ direct: 'bob' }, { before: 100 }, limit),
        history.page({ everywhere: true }, { after: 0 }, limit),
        history.search('am', { rooms: 'all', member: 'bob' }, 100, limit),
        history.count({ room: 'lobby' }, { after: 0 }, limit),
      ]),
      ...there.said.map(({ seq }) => history.find(seq)),
      ...there.said.map(({ author }) => history.latestBy(author, 'lobby')),
    ]
    const other = new DatabaseSync(join(there.directory, JOURNAL_FILE), { timeout: 0 })
    onTestFinished(() => other.close())
    other.exec('BEGIN IMMEDIATE')
    recording(history, there.said.slice(4))
    const meanwhile = ask()
    expect(() => history.flush()).toThrow()
    other.exec('ROLLBACK')
    expect(ask()).toEqual(meanwhile)
    history.flush()
    expect(ask()).toEqual(meanwhile)
  })
})

describe('a forgotten message', () => {
  const DAY_MS = 86_400_000

  /** Said in the lobby or to bob alone, days apart. */
  async function forgotten(until: number, days = 1) {
    const { store, directory } = opened()
    const said = cast.map((from, k) => ({
      ...{
        seq: k + 1,
        at: (k + 1) * days * DAY_MS,
        room: k % 3 === 2 ? null : 'lobby',
        from,
        to: k % 3 === 2 ? 'bob' : null,
      },
      ...{ action: false, account: false, mentions: [], author: `m${k}`, other: k % 3 === 2 ? 'bob' : null },
    }))
    await store.journal.append(
      said.map(({ room }, k) => spoken(SPOKEN[room === null ? 1 : 0]?.[1] as Body, `text ${k}`)),
    )
    recording(store.history, said)
    store.history.flush()
    await store.journal.forget(until)
    store.history.touch()
    return { ...store, directory }
  }

  test('counts for sessions that missed it, and is in no page, by no number and in no search [D5] [Y7]', async () => {
    const { history } = await forgotten(6)
    expect(history.count({ room: 'lobby' }, { after: 0 }, 99)).toBe(6)
    expect(history.count({ room: 'lobby' }, { after: 2 }, 99)).toBe(4)
    expect(history.count({ direct: 'bob' }, { after: 0 }, 99)).toBe(2)
    for (const range of [{ before: 99 }, { after: 0 }, { since: 0 }]) {
      expect(history.page({ room: 'lobby' }, range, 99).messages.map(({ seq }) => seq)).toEqual([7, 8])
      expect(history.page({ direct: 'bob' }, range, 99)).toEqual({ messages: [], more: false })
    }
    expect([history.find(1), history.find(7)?.seq]).toEqual([null, 7])
    expect((await history.search('text', { rooms: 'all', member: 'bob' }, 99, 99)).messages).toHaveLength(2)
    expect(await history.horizon({ count: 2 }), 'there is nothing more to forget').toBe(0)
    expect(await history.horizon({ at: 3 * DAY_MS })).toBe(0)
  })

  test('leaves no name, and not even its place when nobody can come back to ask for it [Y7]', async () => {
    const { directory, history } = await forgotten(7, 2)
    const rows = (): readonly Record<string, unknown>[] => {
      const db = new DatabaseSync(join(directory, JOURNAL_FILE), { readOnly: true })
      const found = db.prepare('SELECT seq, sender, recipient FROM messages ORDER BY seq').all()
      db.close()
      return found
    }
    // A week before the latest, nobody who is away may come back.
    expect(rows()).toEqual([
      ...range(5, 7).map(seq => ({ seq, sender: '', recipient: null })),
      { seq: 8, sender: cast[7], recipient: null },
    ])
    expect(history.count({ room: 'lobby' }, { after: 0 }, 99)).toBe(3)
  })
})

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, k) => from + k)
