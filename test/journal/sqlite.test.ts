// The journal in a file: it keeps to the port's promises, and to those that only a disk can break.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft, journalContract } from './contract.ts'

journalContract('SQLite', async () => openStore(temporaryFolder(), randomUUID).journal)

test('writes the rows that every version since the first has written [J6]', async () => {
  const folder = temporaryFolder()
  const { journal } = openStore(folder, randomUUID)
  await journal.append([draft('a', 'hi 🎉'), draft('b')])
  await journal.close()
  const db = new DatabaseSync(join(folder, JOURNAL_FILE))
  const input = '{"type":"say","room":"lobby","action":false,"id":"a","at":1000,"origin":"here","session":"me","n":1}'
  expect(db.prepare('SELECT * FROM entries WHERE seq = 1').get()).toEqual({ seq: 1, input, sum: 2_054_585_742 })
  expect(db.prepare('SELECT * FROM texts').all()).toEqual([{ seq: 1, text: 'hi 🎉', sum: 1_509_554_368 }])
  db.close()
})
