// The past of messages, in memory and on disk; and what only the one on disk can get wrong.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { UNREAD_MAX } from '../../src/model/limits.ts'
import { signatureOf } from '../../src/model/search/signature.ts'
import { recording } from '../helpers/recording.ts'
import { runs } from '../helpers/seeds.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { historyContract } from './history-contract.ts'

historyContract('memory', () => {
  const journal = memoryJournal('epoch')
  return { journal, history: memoryHistory(journal.textOf) }
})

historyContract('SQLite', () => openStore(temporaryFolder(), randomUUID))

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

test('finds words of scripts that put no space between them', async () => {
  const { journal, history } = openStore(temporaryFolder(), randomUUID)
  onTestFinished(() => journal.close())
  await journal.append([draft(1, '今日は良い天気です'), draft(2, '100% sure'), draft(3, 'สวัสดีชาวโลก')])
  recording(history, [1, 2, 3].map(said))
  const find = async (words: string) => (await history.search(words, sight, 99, 9)).messages.map(({ seq }) => seq)
  expect([await find('天気'), await find('良い 天気'), await find('ชาว')]).toEqual([[1], [1], [3]])
  expect([await find('天 ％ 気'), await find('雨')]).toEqual([[1], []])
})

test('whatever is searched for, it is a search', async () => {
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
