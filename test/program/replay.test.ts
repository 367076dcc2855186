// The tools on a journal: their input, their output, and that they leave no trace.
import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DataError } from '../../src/journal/data-error.ts'
import { openRecording } from '../../src/journal/open-recording.ts'
import { loadSqlite } from '../../src/journal/sqlite/file/sqlite.ts'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import type { Entry, Input } from '../../src/model/input.ts'
import { UsageError } from '../../src/program/config/usage.ts'
import { subcommand } from '../../src/program/server/subcommands.ts'
import type { Io } from '../../src/program/server/tools/run.ts'
import { toSnapshot } from '../../src/reducer/snapshot.ts'
import { Replay } from '../../src/replay/replay.ts'
import { enters, says } from '../helpers/drafts.ts'
import { entriesIn, entriesOf, exported, read } from '../helpers/recorded.ts'
import { runTool as run } from '../helpers/run-tool.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const RICH_DAY = join(import.meta.dirname, '..', 'replay', 'rich-day.ndjson')
/** The header is no input. */
const INPUTS = readFileSync(RICH_DAY, 'utf8').trimEnd().split('\n').length - 1

const refusal = async (...words: readonly string[]): Promise<unknown> => run(words).catch((error: unknown) => error)

/** A directory with a journal, on which no server runs. */
async function directory(people = ['alice', 'bob'], messages = 3): Promise<string> {
  const folder = temporaryFolder()
  const { journal } = store(folder)
  await journal.append(people.map(name => enters(name)))
  for (let count = 1; count <= messages; count++) await journal.append([says('alice', `message ${count}`)])
  await journal.close()
  return folder
}

let count = 0
const store = (folder: string) => openStore(folder, () => `id${++count}`)
const bytesOf = (folder: string): string =>
  readdirSync(folder)
    .map(
      name =>
        `${name} ${createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex')}`,
    )
    .join('\n')

/** A row of the summary. */
const row = (lines: readonly string[], head: string): string | undefined =>
  lines.find(line => line.trim().startsWith(`${head} `))?.replace(/^\s*\S+( \w+)?\s{2,}/, '')

describe('replay', () => {
  test('says what a journal leads to', async () => {
    const { code, lines } = await run(['replay', await directory()])
    expect(code).toBe(0)
    for (const [head, text] of [
      ['inputs', '5'],
      ['members', '2'],
      ['rooms', '1'],
      ['sessions', '2'],
      ['quarantined', '0'],
      ['poisoned', '0'],
      ['said', '3'],
      ['joined', '2'],
    ] as const) {
      expect(row(lines, head), head).toBe(text)
    }
    expect(row(lines, 'speed')).toMatch(/^\d+ inputs per second$/)
  })

  test.each([
    ['a directory', ''],
    ['a journal.db', JOURNAL_FILE],
  ])('reads %s', async (_, name) => {
    const { lines } = await run(['replay', join(await directory(), name)])
    expect(row(lines, 'inputs')).toBe('5')
  })

  test('reads what export wrote, as a file and from stdin, and finds the same in it [X1]', async () => {
    const folder = await directory()
    const { out } = await run(['export', folder])
    const file = join(temporaryFolder(), 'journal.ndjson')
    writeFileSync(file, out)
    const hashes = (text: string): readonly string[] => text.match(/[0-9a-f]{64}/g) ?? []
    const original = hashes((await run(['replay', folder, '--hash'])).out)
    expect(original).toHaveLength(2)
    expect(hashes((await run(['replay', file, '--hash'])).out)).toEqual(original)
    expect(hashes((await run(['replay', '-', '--hash'], out)).out)).toEqual(original)
  })

  test('--json prints a line for each input, with its events and no text', async () => {
    const { lines } = await run(['replay', await directory(), '--json'])
    const objects = lines.map(line => JSON.parse(line) as Record<string, unknown>)
    expect(objects.map(({ seq, type, session }) => [seq, type, session])).toEqual([
      [1, 'hello', 'alice'],
      [2, 'hello', 'bob'],
      [3, 'say', 'alice'],
      [4, 'say', 'alice'],
      [5, 'say', 'alice'],
    ])
    expect(objects[2]).toEqual({
      ...{ seq: 3, at: 0, type: 'say', session: 'alice' },
      events: [
        {
          type: 'said',
          room: 'lobby',
          from: 'alice',
          author: 'alice',
          action: false,
          everyone: false,
          i: 0,
          last: true,
        },
      ],
    })
  })

  test('--hash adds a running hash to every line and a last line, equal to those of the summary', async () => {
    const { lines } = await run(['replay', RICH_DAY, '--json', '--hash'])
    const objects = lines.map(line => JSON.parse(line) as { seq: number; hash: string; state?: string; type: string })
    const [end, last] = [objects.at(-1), objects.at(-2)]
    expect(end).toEqual({
      type: 'end',
      seq: last?.seq,
      hash: last?.hash,
      state: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(new Set(objects.map(({ hash }) => hash)).size).toBe(objects.length - 1)
    const summary = (await run(['replay', RICH_DAY, '--hash'])).lines
    expect(summary.slice(-2)).toEqual([`events hash  ${end?.hash}`, `state hash   ${end?.state}`])
  })

  test('--until stops after that input', async () => {
    const folder = await directory()
    expect((await run(['replay', folder, '--json', '--until', '3'])).lines).toHaveLength(3)
    expect(row((await run(['replay', folder, '--until', '4'])).lines, 'said')).toBe('2')
    expect(row((await run(['replay', folder, '--until', '4000'])).lines, 'inputs')).toBe('5')
  })

  test('names a quarantined input, skips it, and exits with 0 [X2]', async () => {
    const folder = await directory()
    const { journal } = store(folder)
    await journal.quarantine(4, 'TypeError: no such thing')
    await journal.close()
    const { code, lines } = await run(['replay', folder])
    expect(code).toBe(0)
    expect(row(lines, 'quarantined')).toBe('1')
    expect(lines).toContain('  4  say of alice: TypeError: no such thing')
    expect(row(lines, 'said')).toBe('2')
    const traced = (await run(['replay', folder, '--json'])).lines.map(line => JSON.parse(line))
    expect(traced[3]).toMatchObject({ seq: 4, quarantined: 'TypeError: no such thing', events: [] })
  })

  test('names an input that throws now, skips it, and exits with 0 [X2]', async () => {
    const broken = {
      id: 'x',
      at: 0,
      origin: 'o',
      session: 's',
      n: null,
      type: 'hello',
      room: 'lobby',
    } as unknown as Input
    const entry: Entry = { seq: 1, input: broken, texts: {}, quarantined: null }
    const { code, lines } = await run(['replay', '-'], exported([entry]))
    expect(code).toBe(0)
    expect(row(lines, 'poisoned')).toBe('1: they fail now, and were skipped')
    expect(lines.find(line => line.startsWith('  1  hello of s: TypeError'))).toBeDefined()
  })

  test('goes on from a snapshot where the inputs before it were forgotten', async () => {
    const folder = await directory()
    const whole = (await run(['replay', folder, '--hash'])).lines.at(-1)
    const { journal } = store(folder)
    const replay = new Replay({ seq: 0, state: null })
    for (const entry of (await entriesIn(journal)).slice(0, 3)) replay.fold(entry)
    await journal.keep({ seq: 3, state: toSnapshot(replay.state) })
    await journal.forget(3)
    await journal.close()
    const { lines } = await run(['replay', folder, '--hash'])
    expect(row(lines, 'inputs')).toBe('2')
    expect(row(lines, 'began')).toBe('the snapshot after input 3')
    expect(lines.at(-1)).toBe(whole)
    const { out } = await run(['export', folder])
    expect((await run(['replay', '-', '--hash'], out)).lines.at(-1)).toBe(whole)
    const redacted = (await run(['export', folder, '--redact'])).out
    expect(redacted).not.toContain('bob","keys')
    expect(row((await run(['replay', '-'], redacted)).lines, 'members')).toBe('2')
  })

  test('shows --help, which fits into 80 columns', async () => {
    for (const tool of ['replay', 'export']) {
      const { code, out } = await run([tool, '--help'])
      expect(code).toBe(0)
      expect(out).toContain(`\nUsage\n  rxchat-server ${tool} JOURNAL [flags]\n`)
      for (const line of out.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    }
  })

  test.each([
    [['replay'], 'Name a journal: a data directory, a journal.db or an exported file: rxchat-server replay JOURNAL.'],
    [['export', 'a', 'b'], 'Give only one journal, without "b". See rxchat-server export --help.'],
    [['replay', 'a', '--jsno'], 'There is no flag --jsno. Did you mean --json?'],
    [['replay', 'a', '--until', '0'], '--until must be the number of an input, from 1 on, not "0".'],
    [['replay', 'a', '--until', 'x'], '--until must be the number of an input, from 1 on, not "x".'],
    [['replay', 'a', '--compare', 'x', '--json'], '--compare and --json contradict each other. Give one of them.'],
    [['replay', 'a', '--compare', 'x', '--hash'], '--compare compares the hashes anyway. Leave out --hash.'],
    [['replay', '-', '--compare', 'x'], '--compare needs a journal that both programs can read. Give a file.'],
  ])('%j is refused', async (words, sentence) => {
    const error = await refusal(...words)
    expect(error).toBeInstanceOf(UsageError)
    expect((error as Error).message).toBe(sentence)
  })

  test.each(['replay', 'export'])('%s says what is no journal', async tool => {
    const folder = temporaryFolder()
    const nothing = join(folder, 'nothing')
    const text = join(folder, 'text')
    writeFileSync(text, 'hello\n')
    const later = join(folder, 'later')
    writeFileSync(later, '{"type":"rxchat-journal","format":2}\n')
    const foreign = join(folder, 'foreign.db')
    const { DatabaseSync } = loadSqlite()
    const db = new DatabaseSync(foreign)
    db.exec('CREATE TABLE t (x)')
    db.close()
    const newer = join(await directory(), JOURNAL_FILE)
    const changed = new DatabaseSync(newer)
    changed.exec('PRAGMA user_version = 99')
    changed.close()
    for (const [path, sentence] of [
      [nothing, `There is no ${nothing}. Give the path of a journal.`],
      [folder, `${folder} has no journal.db. Give the directory that the server keeps its data in.`],
      [text, /^.* is no journal of rxchat\. Give a data directory, its journal\.db, or a file that/],
      [later, /^.* has format 2, and this rxchat reads format 1\. Use the rxchat that wrote it\.$/],
      [foreign, /^.* is no journal of rxchat\. Give the directory/],
      [newer, /^.* has format 99, and this rxchat reads format \d+\. Update rxchat\.$/],
    ] as const) {
      const error = await refusal(tool, path)
      expect(error, path).toBeInstanceOf(DataError)
      expect((error as Error).message).toMatch(sentence)
    }
  })

  test('refuses a damaged journal and a file that is cut short', async () => {
    const folder = await directory()
    const { DatabaseSync } = loadSqlite()
    const db = new DatabaseSync(join(folder, JOURNAL_FILE))
    db.exec(`UPDATE entries SET inputs = replace(inputs, '"say"', '"nay"')`)
    db.close()
    const message = expect.stringMatching(/journal\.db, after input 0: it is damaged\. /)
    expect(await refusal('replay', folder)).toMatchObject({ message })
    const whole = exported([...(await entriesOf(await openRecording(RICH_DAY, process.stdin)))].slice(0, 3))
    await expect(run(['replay', '-'], whole.slice(0, -30))).rejects.toThrow(
      /^stdin, line 4: it should be input 3, whole/,
    )
    await expect(run(['replay', '-'], whole.replace('"seq":2', '"seq":3'))).rejects.toThrow(/line 3: .* input 2/)
  })

  test('reads lines in pieces of any size', async () => {
    const text = readFileSync(RICH_DAY, 'utf8').split('\n').slice(0, 40).join('\n')
    const whole = await entriesOf(await read(text, text.length))
    expect(whole).toHaveLength(39)
    for (const size of [1, 7, 100]) expect(await entriesOf(await read(text, size))).toEqual(whole)
  })
})

describe('a journal that is read', () => {
  test('is left as it was, byte for byte and file for file [X3]', async () => {
    const folder = await directory()
    const before = bytesOf(folder)
    await run(['replay', folder])
    await run(['export', folder])
    expect(bytesOf(folder)).toBe(before)
  })

  test('may lie where this user cannot write', async () => {
    const folder = await directory()
    chmodSync(join(folder, JOURNAL_FILE), 0o400)
    chmodSync(folder, 0o500)
    onTestFinished(() => chmodSync(folder, 0o700))
    expect(row((await run(['replay', folder])).lines, 'inputs')).toBe('5')
  })

  test('may be in use: what was committed is read, and the server goes on writing and erasing [X3]', async () => {
    const folder = await directory()
    const { journal } = store(folder)
    onTestFinished(() => journal.close())
    await journal.append([says('bob', 'in the log only')])
    expect(row((await run(['replay', folder])).lines, 'inputs')).toBe('6')
    const { batches, last } = await openRecording(folder, process.stdin)
    await journal.append([says('bob', 'after it was opened')])
    await journal.erase([6])
    const seen: number[] = []
    for await (const batch of batches) {
      seen.push(...batch.map(({ seq }) => seq))
      await journal.erase([7])
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6])
    expect(last).toBe(6)
  })

  test('is read to its last input where its server was killed', async () => {
    const folder = await directory()
    const { journal } = store(folder)
    await journal.append([says('bob', 'in the log only')])
    const copy = temporaryFolder()
    for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(copy, name))
    await journal.close()
    expect(row((await run(['replay', copy])).lines, 'inputs')).toBe('6')
  })
})

test('a copy without the index of its log is refused', async () => {
  const folder = await directory()
  const { journal } = store(folder)
  await journal.append([says('bob', 'in the log only')])
  await entriesIn(journal)
  const copy = temporaryFolder()
  for (const name of [JOURNAL_FILE, `${JOURNAL_FILE}-wal`]) copyFileSync(join(folder, name), join(copy, name))
  await journal.close()
  const error = await refusal('replay', copy)
  expect(error).toBeInstanceOf(DataError)
  expect((error as Error).message).toMatch(/journal\.db-shm is missing\. Copy all three files\.$/)
  expect(readdirSync(copy)).toEqual([JOURNAL_FILE, `${JOURNAL_FILE}-wal`])
})

describe('--compare', () => {
  /** A program that prints the lines of a replay, changed by `change`. */
  async function standIn(journal: string, change: (lines: string[]) => readonly string[]): Promise<string> {
    const { lines } = await run(['replay', journal, '--json', '--hash'])
    const file = join(temporaryFolder(), 'lines')
    writeFileSync(
      file,
      change([...lines])
        .map(line => `${line}\n`)
        .join(''),
    )
    return `cat ${file}; :`
  }

  test('finds that equal builds agree', async () => {
    const { code, out } = await run(['replay', RICH_DAY, '--compare', await standIn(RICH_DAY, lines => lines)])
    expect(out).toBe(`The builds agree on ${INPUTS} inputs.\n`)
    expect(code).toBe(0)
  })

  test('names the first input at which two part, with the lines of both', async () => {
    const command = await standIn(RICH_DAY, lines =>
      lines.map((line, index) => (index >= 700 ? line.replace('"events":[', '"events":[0') : line)),
    )
    const { code, lines } = await run(['replay', RICH_DAY, '--compare', command])
    expect(code).toBe(1)
    expect(lines[0]).toMatch(/^The builds differ at input 701 \(\w+\)\.$/)
    expect(lines[1]).toMatch(/^this {2}\{"seq":701,.*"events":\[[^0]/)
    expect(lines[2]).toMatch(/^that {2}\{"seq":701,.*"events":\[0/)
  })

  test('names the room at the end, and one that ends early', async () => {
    const other = await standIn(RICH_DAY, lines => [
      ...lines.slice(0, -1),
      `${lines.at(-1)?.replace('"state":"', '"state":"0')}`,
    ])
    expect((await run(['replay', RICH_DAY, '--compare', other])).lines[0]).toBe(
      `The builds differ in the room after input ${INPUTS}.`,
    )
    const early = await standIn(RICH_DAY, lines => lines.slice(0, 20))
    const { code, lines } = await run(['replay', RICH_DAY, '--compare', early])
    expect(code).toBe(1)
    expect([lines[0], lines[2]]).toEqual([expect.stringMatching(/^The builds differ at input 21 /), 'that  has ended'])
  })

  test('ends where the other one would go on for ever', async () => {
    const { code, lines } = await run(['replay', RICH_DAY, '--compare', 'yes; :'])
    expect([code, lines[2]]).toEqual([1, 'that  y'])
  })

  test('says so when the other one does not replay at all', async () => {
    const { code, out, errors } = await run(['replay', RICH_DAY, '--compare', 'echo no such flag >&2; false'])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(errors).toBe('rxchat-server: echo no such flag >&2; false cannot replay this journal: no such flag\n')
  })
})

test('a reader that stops ends it quietly', async () => {
  const stdout = new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    },
  })
  for (const words of [
    ['replay', RICH_DAY, '--json'],
    ['export', RICH_DAY],
  ]) {
    const tool = await subcommand(words[0])?.load()
    const io = { stdin: Readable.from([]), stdout, stderr: stdout } as unknown as Io
    expect(await tool?.(words.slice(1), io)).toBe(0)
  }
})
