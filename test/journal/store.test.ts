/** A directory with data, as others may have left it: it is one server's at a time, its user's alone, and never begun anew. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DataError } from '../../src/journal/data-error.ts'
import { SCHEMA } from '../../src/journal/sqlite/file/schema.ts'
import { JOURNAL_FILE, openStore, type Store } from '../../src/journal/sqlite/store.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft } from './contract.ts'

/** Closed when the test is over. */
function open(directory: string): Store {
  const store = openStore(directory, randomUUID)
  onTestFinished(() => store.journal.close())
  return store
}

/** Its complaint about a directory. */
function complaint(directory: string): string {
  try {
    open(directory)
  } catch (error) {
    expect(error).toBeInstanceOf(DataError)
    return (error as Error).message
  }
  throw new Error('it has nothing to complain of')
}

/** A SQLite file in the journal's place. */
function sqliteFile(directory: string, sql: string): string {
  const file = join(directory, JOURNAL_FILE)
  const db = new DatabaseSync(file)
  db.exec(sql)
  db.close()
  return file
}

const texts = async ({ journal }: Store): Promise<readonly (string | null)[]> =>
  (await entriesIn(journal)).map(entry => entry.texts.text ?? null)

describe('the file', () => {
  test('of a newer rxchat is not touched: its writer can read it [J6]', async () => {
    const directory = temporaryFolder()
    const store = open(directory)
    await store.journal.append([draft('a', 'kept')])
    await store.journal.close()
    const file = sqliteFile(directory, `PRAGMA user_version = ${SCHEMA + 1}`)
    const before = readFileSync(file)
    expect(complaint(directory)).toBe(
      `${file} was written by a newer rxchat (format ${SCHEMA + 1}, this one reads up to ${SCHEMA}). Update rxchat, or choose another directory with --data.`,
    )
    expect(readFileSync(file)).toEqual(before)
    sqliteFile(directory, `PRAGMA user_version = ${SCHEMA}`)
    expect(await texts(open(directory))).toEqual(['kept'])
  })

  test.each([
    ['with the mark of another', 'PRAGMA application_id = 1; PRAGMA user_version = 1; CREATE TABLE meta (epoch TEXT)'],
    ['with no mark', 'CREATE TABLE cookies (name TEXT)'],
    ['with a mark alone', 'PRAGMA application_id = 1'],
  ])('of another program, %s, is refused and not touched [J6]', (_, sql) => {
    const directory = temporaryFolder()
    const file = sqliteFile(directory, sql)
    const before = readFileSync(file)
    expect(complaint(directory)).toBe(`${file} is not a journal of rxchat. Choose another directory with --data.`)
    expect(readFileSync(file)).toEqual(before)
  })

  test.each([1, 100, 511, 512, 10_000])('that is %d characters of text is refused and not touched [J4]', length => {
    const directory = temporaryFolder()
    const file = join(directory, JOURNAL_FILE)
    writeFileSync(file, 'x'.repeat(length))
    expect(complaint(directory)).toContain(file)
    expect(complaint(directory)).toMatch(/Restore a backup|[Cc]hoose another directory/)
    expect(readFileSync(file, 'utf8')).toBe('x'.repeat(length))
  })

  test('that is empty is a new one', async () => {
    const directory = temporaryFolder()
    writeFileSync(join(directory, JOURNAL_FILE), '')
    expect(await texts(open(directory))).toEqual([])
  })

  test('of every format there has been is brought up to date with all that is in it [J6]', async () => {
    const fixtures = join(import.meta.dirname, 'fixtures')
    const names = readdirSync(fixtures).filter(name => name.endsWith('.sql'))
    expect(names.length).toBeGreaterThan(0)
    for (const name of names) {
      const directory = temporaryFolder()
      const file = sqliteFile(directory, readFileSync(join(fixtures, name), 'utf8'))
      const store = open(directory)
      expect([store.origin, store.journal.epoch], name).toEqual(['the origin', 'the epoch'])
      expect(await store.journal.snapshot(), name).toEqual({ seq: 3, state: 'the room after 3' })
      const entries = [
        { ...draft('c', 'forgotten'), texts: {} },
        { ...draft('d', 'erased'), texts: {} },
        draft('e', 'kept 🎉'),
        draft('f'),
      ].map((what, k) => ({ ...what, seq: k + 3, quarantined: k === 3 ? 'Error: poisoned' : null }))
      expect(await entriesIn(store.journal), name).toEqual(entries)
      await store.journal.append([draft('g', 'new')])
      await store.journal.close()
      expect((await texts(open(directory))).at(-1), name).toBe('new')
      expect(readFileSync(file).readUInt32BE(60), `${name}: user_version`).toBe(SCHEMA)
    }
  })
})

describe('the directory', () => {
  test.each([
    ['is below a file', () => join(fileURLToPath(import.meta.url), 'data'), 'ENOTDIR'],
    ['is a file', () => fileURLToPath(import.meta.url), 'ENOTDIR'],
    ['is where nobody can make one', () => '/proc/self/rxchat/data', 'ENOENT'],
  ])('that %s is refused, with what to do', (_, path, code) => {
    expect(complaint(path())).toBe(
      `${path()} cannot be written (${code}). Choose another directory with --data, or run with --ephemeral.`,
    )
  })

  test('is made with what is above it, for its user alone, and so is all that is in it', async () => {
    const above = join(temporaryFolder(), 'above')
    const directory = join(above, 'data')
    await open(directory).journal.append([draft('a', 'private')])
    const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8)
    expect([above, directory].map(modeOf)).toEqual(['700', '700'])
    const files = readdirSync(directory)
    expect(files.toSorted()).toEqual([
      JOURNAL_FILE,
      `${JOURNAL_FILE}-log`,
      `${JOURNAL_FILE}-shm`,
      `${JOURNAL_FILE}-wal`,
      'lock',
    ])
    expect(files.map(file => modeOf(join(directory, file)))).toEqual(files.map(() => '600'))
  })

  test('keeps the rights that its user gave it', () => {
    const directory = join(temporaryFolder(), 'data')
    mkdirSync(directory)
    chmodSync(directory, 0o750)
    open(directory)
    expect(statSync(directory).mode & 0o777).toBe(0o750)
  })

  test('with a lock that is none is refused, and the sentence names the lock', () => {
    const directory = temporaryFolder()
    writeFileSync(join(directory, 'lock'), 'x'.repeat(1000))
    expect(complaint(directory)).toContain(`${join(directory, 'lock')}: `)
  })

  test('has the same names at every opening', async () => {
    const directory = temporaryFolder()
    const first = open(directory)
    await first.journal.close()
    const second = open(directory)
    expect([second.origin, second.journal.epoch]).toEqual([first.origin, first.journal.epoch])
    expect(second.origin).not.toBe(second.journal.epoch)
  })
})

/** Another process that has it open and has stored a text, which is in the log alone. */
async function holder(directory: string): Promise<ChildProcess> {
  const store = fileURLToPath(new URL('../../src/journal/sqlite/store.ts', import.meta.url))
  const program = `
    import { openStore } from ${JSON.stringify(store)}
    const { journal } = openStore(${JSON.stringify(directory)}, () => crypto.randomUUID())
    await journal.append([${JSON.stringify(draft('a', 'of the dead'))}])
    setInterval(() => {}, 1000)
    // Its lock doesn't depend on what the program still refers to.
    setTimeout(() => {
      gc()
      process.stdout.write('stored')
    })`
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return child
}

describe('a second opener', () => {
  const inUse = (directory: string): string =>
    `another rxchat-server uses ${directory}. Stop that one, choose another directory with --data, or run with --ephemeral.`

  test('is refused while the first one has it, and let in when that has closed [J5]', async () => {
    const directory = temporaryFolder()
    const first = open(directory)
    await first.journal.append([draft('a', 'first')])
    expect(complaint(directory)).toBe(inUse(directory))
    await first.journal.append([draft('b', 'still')])
    await first.journal.close()
    expect(await texts(open(directory))).toEqual(['first', 'still'])
  })

  test('is refused while another process has it; a kill gives it free, with all that was stored [J5] [J2]', async () => {
    const directory = temporaryFolder()
    const child = await holder(directory)
    expect(complaint(directory)).toBe(inUse(directory))
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(statSync(join(directory, `${JOURNAL_FILE}-log`)).size).toBeGreaterThan(0)
    const store = open(directory)
    expect(await texts(store)).toEqual(['of the dead'])
    await store.journal.append([draft('b', 'of the living')])
    expect((await entriesIn(store.journal)).map(({ seq }) => seq)).toEqual([1, 2])
  })

  test('is let in after one that could not open the file [J5]', () => {
    const directory = temporaryFolder()
    const file = sqliteFile(directory, 'PRAGMA application_id = 1')
    for (let time = 0; time < 3; time++) expect(complaint(directory)).toContain(`${file} is not a journal`)
  })
})
