// The past of messages, in memory and on disk; and what only the one on disk can get wrong.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { INDEX_MESSAGES, UNREAD_MAX } from '../../src/model/limits.ts'
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
/** Takes a file back to what it was before migration 6. */
const WITHOUT_6 = `DROP TABLE mentions; DROP TABLE correspondence; DROP INDEX messages_room; DROP INDEX messages_pair;
  DROP INDEX texts_erased; ALTER TABLE messages DROP COLUMN account; ALTER TABLE messages DROP COLUMN mentions;
  CREATE INDEX messages_room ON messages (room, seq) WHERE room NOT NULL`
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
  const folder = temporaryFolder()
  const old = openStore(folder, randomUUID)
  const all = Array.from({ length: INDEX_MESSAGES + 1 }, (_, k) => k + 1)
  await old.journal.append(all.map(seq => draft(seq, seq === 1 ? 'η ΟΔΟΣ' : 'hi')))
  recording(old.history, all.map(said))
  old.history.index()
  await old.journal.close()

  const db = new DatabaseSync(join(folder, JOURNAL_FILE))
  const block = db.prepare('SELECT last FROM blocks').get() as { last: number }
  const keys = signatureOf(new Set())
  db.prepare('UPDATE blocks SET keys = ?, sum = ?').run(keys, crc32(keys, block.last))
  db.exec(`${WITHOUT_6}; PRAGMA user_version = 3`)
  db.close()

  const { journal, history } = openStore(folder, randomUUID)
  onTestFinished(() => journal.close())
  const find = async () => (await history.search('οδοσ', sight, 999, 9)).messages.map(({ seq }) => seq)
  expect(await find()).toEqual([1])
  history.index()
  expect(await find()).toEqual([1])
})

test('[I7] [J6] a file from before accounts has its counts and its conversations', async () => {
  const folder = temporaryFolder()
  const old = openStore(folder, randomUUID)
  const direct = (seq: number, author: string, other: string) => ({
    ...{
      seq,
      at: seq,
      room: null,
      from: author,
      to: other,
      action: false,
      author,
      account: false,
      other,
      mentions: [],
    },
  })
  await old.journal.append([1, 2, 3, 4, 5].map(seq => draft(seq, 'hi')))
  recording(old.history, [said(1), direct(2, 'José', 'a|b'), direct(3, 'a|b', 'José'), direct(4, '李', '李'), said(5)])
  await old.journal.erase([1])
  await old.journal.close()
  const db = new DatabaseSync(join(folder, JOURNAL_FILE))
  db.exec(`${WITHOUT_6}; PRAGMA user_version = 5`)
  db.close()

  const { journal, history } = openStore(folder, randomUUID)
  onTestFinished(() => journal.close())
  expect(history.unread('José', { room: 'lobby' }, { after: 0 }, UNREAD_MAX)).toEqual({ unread: 1, mentions: 0 })
  expect(history.unread('José', { with: 'a|b' }, { after: 0 }, 9)).toEqual({ unread: 1, mentions: 1 })
  expect(history.correspondence('José', 9)).toEqual([{ other: 'a|b', seq: 3, name: 'a|b' }])
  expect(history.correspondence('李', 9)).toEqual([])
  expect(history.page({ room: 'lobby' }, { after: 0 }, 9).messages).toHaveLength(2)
})
