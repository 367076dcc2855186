// The past of messages, in memory and on disk; and what only the one on disk can get wrong.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { openStore } from '../../src/journal/sqlite/store.ts'
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
  text,
})
const sight = { rooms: 'all', member: null } as const

test('finds words of scripts that put no space between them', async () => {
  const { journal, history } = openStore(temporaryFolder(), randomUUID)
  onTestFinished(() => journal.close())
  await journal.append([draft(1, '今日は良い天気です'), draft(2, '100% sure'), draft(3, 'สวัสดีชาวโลก')])
  history.record([said(1), said(2), said(3)], 3)
  const find = async (words: string) => (await history.search(words, sight, 99, 9)).messages.map(({ seq }) => seq)
  expect([await find('天気'), await find('良い 天気'), await find('ชาว')]).toEqual([[1], [1], [3]])
  expect([await find('天 ％ 気'), await find('雨')]).toEqual([[1], []])
})

test('whatever is searched for, it is a search', async () => {
  const { journal, history } = openStore(temporaryFolder(), randomUUID)
  onTestFinished(() => journal.close())
  await journal.append([draft(1, 'hello "world" AND NEAR(a b) col:x -y ^z')])
  history.record([said(1)], 1)
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
  first.history.record([said(1)], 1)
  await first.journal.close()
  const { journal, history } = openStore(folder, randomUUID)
  onTestFinished(() => journal.close())
  expect([history.seq, (await history.search('hello', sight, 9, 9)).messages.length]).toEqual([1, 1])
})
