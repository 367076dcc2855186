// `rxchat-server rehearse`: its input, its output, and that it leaves no trace.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openStore } from '../../src/journal/sqlite/store.ts'
import type { Draft } from '../../src/model/input.ts'
import { UsageError } from '../../src/program/config/usage.ts'
import { enters, foreign, says, starts } from '../helpers/drafts.ts'
import { runTool } from '../helpers/run-tool.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const RICH_DAY = join(import.meta.dirname, '..', 'replay', 'rich-day.ndjson')

const at = (second: number, draft: Draft): Draft => ({ ...draft, input: { ...draft.input, at: second * 1000 } })

/** A directory with an evening of two people, on which no server runs. */
async function directory(): Promise<string> {
  const folder = temporaryFolder()
  let count = 0
  const { journal } = openStore(folder, () => `id${++count}`)
  await journal.append([foreign('host', { type: 'format', format: 7 }), at(1, starts())])
  await journal.append([at(2, enters('ЗОЯ')), at(3, enters('مريم')), at(4, enters('a_b', 'ops'))])
  await journal.append([at(30, says('ЗОЯ', 'buy\nspam')), at(31, says('ЗОЯ', 'hello')), at(32, says('مريم', 'Spam!'))])
  await journal.append([at(33, says('ЗОЯ', 'once more spam')), at(34, says('a_b', 'spam', 'ops'))])
  await journal.close()
  return folder
}

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder).map(name => `${name} ${readFileSync(join(folder, name)).toString('base64')}`)

test('says in words which members a rule would have stopped, with samples, and how to switch it on', async () => {
  const folder = await directory()
  const before = filesOf(folder)
  const { code, lines } = await runTool(['rehearse', 'filter refuse spam', folder, '--room', '#Lobby'])
  expect(code).toBe(0)
  expect(lines.map(line => line.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:/g, ''))).toEqual([
    'filter refuse spam in #lobby, from 00 on: it would have stopped 3 of 4 messages, of 2 people.',
    'By: ЗОЯ 2, مريم 1.',
    '[30] ЗОЯ > buy spam',
    '[32] مريم > Spam!',
    '[33] ЗОЯ > once more spam',
    'To switch it on: /filter refuse spam',
  ])
  expect(filesOf(folder)).toEqual(before)
})

test('gives JSON, for the whole server and for a part of the time', async () => {
  const folder = await directory()
  const { out } = await runTool(['rehearse', 'filter hold /spam/', folder, '--since', '33000', '--json'])
  expect(JSON.parse(out)).toMatchObject({
    ...{ type: 'tried', rule: 'filter hold /spam/', room: null, messages: 2, people: 2 },
    ...{ stopped: { refused: 0, held: 2, warned: 0 }, from: 33_000, to: 34_000, gone: 0 },
    samples: [
      { seq: 9, from: 'ЗОЯ', text: 'once more spam', room: 'lobby', verdict: 'held' },
      { seq: 10, from: 'a_b', room: 'ops' },
    ],
    switchOn: '/filter hold everywhere /spam/',
  })
})

test('reads a journal of old rules, exported or from stdin', async () => {
  const file = await runTool(['rehearse', 'slow 10s', RICH_DAY, '--room', 'lobby', '--json'])
  const piped = await runTool(
    ['rehearse', 'slow 10s', '-', '--room', 'lobby', '--json'],
    readFileSync(RICH_DAY, 'utf8'),
  )
  expect(piped.out).toBe(file.out)
  const { stopped, messages } = JSON.parse(file.out)
  expect(stopped.refused).toBeGreaterThan(0)
  expect(stopped.refused).toBeLessThan(messages)
})

test('a time in which nothing happened is said', async () => {
  const { lines } = await runTool(['rehearse', 'mute ЗОЯ', await directory(), '--since', '2030-01-01'])
  expect(lines).toEqual(['mute ЗОЯ everywhere: nothing happened in that time.'])
})

test.each([
  [['rehearse'], "Name a rule and a journal: rxchat-server rehearse 'slow 10s' JOURNAL. See --help."],
  [['rehearse', 'slow 10s', RICH_DAY], 'The rule cannot be tried: slow is for one room; name the room.'],
  [['rehearse', 'filter spam', RICH_DAY], 'The rule cannot be tried: a filter needs what it does and its words'],
  [['rehearse', 'lockdown'], 'Name a journal'],
  [['rehearse', 'lockdown', RICH_DAY, '--since', 'yesterday'], '--since must be a time ago such as 30d'],
  [['rehearse', 'lockdown', RICH_DAY, '--room', 'a b'], '--room must be the name of a room; it contains'],
])('%j is refused with the remedy', async (words, message) => {
  const error = await runTool(words).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(UsageError)
  expect((error as Error).message).toContain(message)
})
