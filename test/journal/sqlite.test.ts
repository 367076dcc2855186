// The journal in a file: it keeps to the port's promises, and to those that only a disk can break.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft, journalContract } from './contract.ts'

journalContract('SQLite', async () => openStore(temporaryFolder(), randomUUID).journal)

test('writes the rows that every version since format 8 has written [J6]', async () => {
  const folder = temporaryFolder()
  const { journal } = openStore(folder, randomUUID)
  await journal.append([draft('a', 'hi 🎉'), draft('b')])
  await journal.close()
  const db = new DatabaseSync(join(folder, JOURNAL_FILE))
  const said = '{"type":"say","room":"lobby","action":false,"id":"a","at":1000,"origin":"here","session":"me","n":1}'
  const joined = '{"type":"join","room":"lobby","id":"b","at":1000,"origin":"here","session":"me","n":1}'
  expect(db.prepare('SELECT * FROM entries').all()).toEqual([
    {
      ...{ first: 1, last: 2, before: 0, sum: 1_865_899_487, inputs: `${said}\n${joined}` },
      ...{ texts: '"hi 🎉"\n', texts_sum: 1_007_593_071 },
    },
  ])
  db.close()
})
