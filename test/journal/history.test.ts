// The past of messages, in memory and on disk; and mistakes that only the one on disk can make.
import { randomUUID } from 'node:crypto'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { breath } from '../../src/journal/pieces.ts'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { PROJECTED_ROWS, TIMED_MESSAGES, UNREAD_MAX } from '../../src/model/limits.ts'
import { signatureOf } from '../../src/model/search/signature.ts'
import type { Written } from '../../src/port/history.ts'
import { recording } from '../helpers/recording.ts'
import { runs } from '../helpers/seeds.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { historyContract } from './history-contract.ts'
import { livingContract } from './living-contract.ts'

historyContract('memory', () => {
  const journal = memoryJournal('epoch')
  return { journal, history: memoryHistory(journal.textOf) }
})

historyContract('SQLite', () => openStore(temporaryFolder(), randomUUID))

livingContract('memory', () => {
  const journal = memoryJournal('epoch')
  return { journal, history: memoryHistory(journal.textOf) }
})

livingContract('SQLite', () => openStore(temporaryFolder(), randomUUID))

const said = (seq: number) => ({
  ...{ seq, at: seq, room: 'lobby', from: 'alice', to: null, action: false, author: 'a', other: null },
  ...{ account: false, mentions: [] },
})
const draft = (seq: number, text: string) => ({
  input: {
    type: 'say',
    room: 'lobby',
    action: false,
    id: `${seq}`,
    at: seq,
    origin: 'o',
    session: 'a',
    n: null,
  } as const,
  texts: { text },
})
/** A directory with the history that an older version wrote, and `edit` done to it. */
function older(edit = ''): string {
  const folder = temporaryFolder()
  const db = new DatabaseSync(join(folder, JOURNAL_FILE))
  db.exec(readFileSync(join(import.meta.dirname, 'fixtures', 'history', 'format-5.sql'), 'utf8'))
  db.exec(edit)
  db.close()
  return folder
}
const sight = { rooms: 'all', member: null } as const

test('finds a message once that is stored while somebody searches', async () => {
  const { journal, history } = openStore(temporaryFolder(), randomUUID)
  onTestFinished(() => journal.close())
  const seqs = Array.from({ length: PROJECTED_ROWS }, (_, at) => at + 1)
  await journal.append(seqs.map(seq => draft(seq, 'needle')))
  recording(history, seqs.map(said))
  const searching = history.search('needle', sight, Number.MAX_SAFE_INTEGER, PROJECTED_ROWS * 2)
  await breath()
  history.flush()
  expect((await searching).messages.map(({ seq }) => seq)).toEqual(seqs)
})

test('finds words of scripts that put no space between them', async () => {
  const { journal, history } = openStore(temporaryFolder(), randomUUID)
  onTestFinished(() => journal.close())
  await journal.append([draft(1, '今日は良い天気です'), draft(2, '100% sure'), draft(3, 'สวัสดีชาวโลก')])
  recording(history, [1, 2, 3].map(said))
  const find = async (words: string) => (await history.search(words, sight, 99, 9)).messages.map(({ seq }) => seq)
  expect([await find('天気'), await find('良い 天気'), await find('ชาว')]).toEqual([[1], [1], [3]])
  expect([await find('天 ％ 気'), await find('雨')]).toEqual([[1], []])
})

test('any query is a search', async () => {
  const { journal, history } = openStore(temporaryFolder(), randomUUID)
  onTestFinished(() => journal.close())
  await journal.append([draft(1, 'hello "world" AND NEAR(a b) col:x -y ^z')])
  recording(history, [said(1)])
  const pieces = fc.constantFrom(
    '"',
    "'",
    '*',
    '(',
    ')',
    ':',
    '-',
    '^',
    '+',
    'AND',
    'OR',
    'NOT',
    'NEAR',
    'a',
    ' ',
    '%',
    '\\',
    '日',
    '\0',
  )
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map(all => all.join('')),
  )
  await fc.assert(
    fc.asyncProperty(words, async typed => {
      expect((await history.search(typed, sight, 99, 9)).messages.length).toBeLessThanOrEqual(1)
    }),
    { numRuns: runs(300) },
  )
})

test('keeps what it has recorded over a close', async () => {
  const folder = temporaryFolder()
  const first = openStore(folder, randomUUID)
  await first.journal.append([draft(1, 'hello')])
  recording(first.history, [said(1)])
  await first.journal.close()
  const { journal, history } = openStore(folder, randomUUID)
  onTestFinished(() => journal.close())
  expect([history.seq, (await history.search('hello', sight, 9, 9)).messages.length]).toEqual([1, 1])
})

test('[Y9] the index of an older version, which compared other letters, hides no text', async () => {
  const keys = Buffer.from(signatureOf(new Set()))
  const block = `INSERT INTO blocks VALUES (5, 0, x'${keys.toString('hex')}', ${crc32(keys, 5)})`
  const { journal, history } = openStore(older(`${block}; PRAGMA user_version = 3`), randomUUID)
  onTestFinished(() => journal.close())
  const find = async () => (await history.search('HI', sight, 999, 9)).messages.map(({ seq }) => seq)
  expect(await find()).toEqual([5])
  history.index()
  expect(await find()).toEqual([5])
})

test('[I7] [J6] a file from before accounts has its counts and its conversations', async () => {
  const { journal, history } = openStore(older(), randomUUID)
  onTestFinished(() => journal.close())
  expect(history.unread('José', { room: 'lobby' }, { after: 0 }, UNREAD_MAX)).toEqual({ unread: 1, mentions: 0 })
  expect(history.unread('José', { with: 'a|b' }, { after: 0 }, 9)).toEqual({ unread: 1, mentions: 1 })
  expect(history.correspondence('José', 9)).toEqual([{ other: 'a|b', seq: 3, name: 'a|b' }])
  expect(history.correspondence('李', 9)).toEqual([])
  expect(history.page({ room: 'lobby' }, { after: 0 }, 9).messages).toHaveLength(2)
})

test('[J6] a file of format 7 has its messages, and goes on', async () => {
  const folder = temporaryFolder()
  const db = new DatabaseSync(join(folder, JOURNAL_FILE))
  db.exec(readFileSync(join(import.meta.dirname, 'fixtures', 'format-7.sql'), 'utf8'))
  db.close()
  const { journal, history } = openStore(folder, randomUUID)
  onTestFinished(() => journal.close())
  await journal.append([draft(7, 'new')])
  recording(history, [{ ...said(7), at: 2000 }])
  const { messages } = history.page({ room: 'lobby' }, { since: 500 }, 9)
  expect(messages.map(({ seq, text, mentions }) => [seq, text, ...mentions])).toEqual([
    [4, null],
    [5, 'kept 🎉', '李'],
    [7, 'new'],
  ])
  expect(history.latestBy('a|b', 'lobby')?.seq).toBe(5)
  expect((await history.writtenBy('a|b', null, 9)).map(({ seq, isErased }) => [seq, isErased])).toEqual([
    [4, true],
    [5, false],
  ])
})

test('[R7] finds a time among many messages, over a clock that was set back and what is forgotten', async () => {
  const { journal, history } = openStore(temporaryFolder(), randomUUID)
  onTestFinished(() => journal.close())
  const all = Array.from({ length: 10 * TIMED_MESSAGES + 7 }, (_, k) => k + 1)
  // From the middle on, the clock is behind by three rows of messages.
  const atOf = (seq: number): number => 1000 * (seq - (seq > 5 * TIMED_MESSAGES ? 3 * TIMED_MESSAGES : 0))
  await journal.append(all.map(seq => draft(seq, 'hi')))
  // In parts of any size: the last row goes on.
  for (let at = 0; at < all.length; at += 50) {
    recording(
      history,
      all.slice(at, at + 50).map(seq => ({ ...said(seq), at: atOf(seq) })),
    )
    history.flush()
  }
  const first = (time: number) => history.page({ room: 'lobby' }, { since: time }, 1).messages[0]?.seq
  const earliest = (time: number) =>
    all.filter(seq => atOf(seq) >= time).reduce((one, seq) => (atOf(seq) < atOf(one) ? seq : one), all.length)
  const latest = (time: number) =>
    all.filter(seq => atOf(seq) < time).reduce((one, seq) => (atOf(seq) >= atOf(one) ? seq : one), 1)
  for (let time = 1500; time < atOf(all.length); time += 17_300) {
    expect(first(time), `since ${time}`).toBe(earliest(time))
    expect(await history.horizon({ at: time }), `before ${time}`).toBe(latest(time))
  }
  await journal.forget(100)
  expect(first(0)).toBe(101)
  expect(await history.horizon({ at: 50_000 })).toBe(0)
})

test('[D5] counts what was forgotten, also after a kill right then', async () => {
  const [folder, left] = [temporaryFolder(), join(temporaryFolder(), 'left')]
  const { journal, history } = openStore(folder, randomUUID)
  onTestFinished(() => journal.close())
  const all = [1, 2, 3, 4, 5, 6, 7]
  await journal.append(all.map(seq => draft(seq, 'hi')))
  await journal.keep({ seq: 6, state: 'six' })
  // A message that is recorded just now isn't stored yet, and its inputs are going.
  recording(history, all.map(said))
  await journal.forget(6)
  cpSync(folder, left, { recursive: true })
  const again = openStore(left, randomUUID)
  onTestFinished(() => again.journal.close())
  expect(again.journal.base).toBe(6)
  expect(again.history.count({ room: 'lobby' }, { after: 0, upTo: 6 }, 99)).toBe(6)
})

test('leads through all that an author has written among many others, in any room', async () => {
  const { journal, history } = openStore(temporaryFolder(), randomUUID)
  onTestFinished(() => journal.close())
  const rooms = ['lobby', 'ops', '茶室']
  const all = Array.from({ length: 24_000 }, (_, k) => ({
    ...said(k + 1),
    ...{ room: rooms[k % 2] ?? '', author: k % 6000 === 0 || k % 6000 === 3001 ? 'Spider-Man' : 'a|b' },
  }))
  all.push({ ...said(24_001), room: rooms[2] ?? '', author: 'Spider-Man' })
  await journal.append(all.map(({ seq }) => draft(seq, 'x')))
  recording(history, all)
  await journal.erase([6001])
  const found: Written[] = []
  for (;;) {
    const page = await history.writtenBy('Spider-Man', found.at(-1) ?? null, 2)
    if (page.length === 0) break
    found.push(...page)
  }
  expect(found.map(({ seq }) => seq)).toEqual([1, 6001, 12_001, 18_001, 3002, 9002, 15_002, 21_002, 24_001])
  expect(found.filter(({ isErased }) => isErased).map(({ seq }) => seq)).toEqual([6001])
  expect(history.latestBy('Spider-Man', 'ops')?.seq).toBe(21_002)
  expect(history.latestBy('Spider-Man', 'lobby')?.seq).toBe(18_001)
})
