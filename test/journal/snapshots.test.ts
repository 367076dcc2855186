/**
 * The parts that stay when much is lost: the state at which a journal begins, and an older file whose migration failed.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { PIECE_BYTES, SETTLED_BYTES } from '../../src/model/limits.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft } from './contract.ts'

test('the state at which the journal begins is kept, however many come after it [J3] [J4]', async () => {
  const directory = temporaryFolder()
  const { journal } = openStore(directory, randomUUID)
  await journal.append(['a', 'b', 'c', 'd', 'e', 'f'].map(id => draft(id)))
  await journal.keep({ seq: 2, state: 'at the base' })
  await journal.forget(2)
  for (const seq of [3, 4, 5]) await journal.keep({ seq, state: `after ${seq}` })
  expect(journal.base).toBe(2)
  expect(await journal.snapshot(2)).toEqual({ seq: 2, state: 'at the base' })
  await journal.close()
  // The two latest are damaged, and the journal can be folded again all the same.
  const db = new DatabaseSync(join(directory, JOURNAL_FILE))
  db.exec("UPDATE snapshots SET state = 'damaged' WHERE seq > 2")
  db.close()
  const again = openStore(directory, randomUUID)
  expect(await again.journal.snapshot()).toEqual({ seq: 2, state: 'at the base' })
  expect((await entriesIn(again.journal, 2)).map(({ seq }) => seq)).toEqual([3, 4, 5, 6])
  await again.journal.close()
})

test('a migration that fails in its middle leaves the file in the version that it had [J6]', async () => {
  const directory = temporaryFolder()
  const file = join(directory, JOURNAL_FILE)
  const edit = (sql: string): void => {
    const db = new DatabaseSync(file)
    db.exec(sql)
    db.close()
  }
  edit(readFileSync(join(import.meta.dirname, 'fixtures', 'format-1.sql'), 'utf8'))
  // It stands where the migration makes a table, behind others that it makes first.
  edit('CREATE TABLE projected (hindrance TEXT)')
  expect(() => openStore(directory, randomUUID)).toThrow()
  const db = new DatabaseSync(file, { readOnly: true })
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all()
  const version = db.prepare('PRAGMA user_version').get()
  db.close()
  expect(tables.map(({ name }) => name)).toEqual(['entries', 'meta', 'projected', 'quarantined', 'snapshots', 'texts'])
  expect(version).toEqual({ user_version: 1 })
  edit('DROP TABLE projected')
  const { journal } = openStore(directory, randomUUID)
  expect(await journal.snapshot()).toEqual({ seq: 3, state: 'the room after 3' })
  await journal.close()
})

test('that is large is copied into the file while it is written, so that no checkpoint has much to copy at once', async () => {
  const directory = temporaryFolder()
  const { journal } = openStore(directory, randomUUID)
  onTestFinished(() => journal.close())
  await journal.append([draft('a', '李')])
  const log = join(directory, `${JOURNAL_FILE}-wal`)
  let most = 0
  function* state(): Generator<string> {
    for (let part = 0; part < (4 * SETTLED_BYTES) / PIECE_BYTES; part++) {
      most = Math.max(most, statSync(log).size)
      yield 'x'.repeat(PIECE_BYTES)
    }
  }
  await journal.keep({ seq: 1, state: state() })
  expect(most).toBeGreaterThan(PIECE_BYTES)
  expect(most).toBeLessThan(SETTLED_BYTES + 1_048_576)
})
