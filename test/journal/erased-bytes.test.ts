// Erased texts are gone from every file, also after a kill in the middle of it, and also if the file is damaged.
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { systemDisk } from '../../src/journal/sqlite/file/disk.ts'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { draft } from './contract.ts'

const SECRET = 'xyzzy a|b 李'

/** The files that have the text. */
const having = (directory: string): readonly string[] =>
  readdirSync(directory).filter(name => readFileSync(join(directory, name)).includes(SECRET))

const id = (): string => 'id'

test('a start after a kill in the middle of a deletion removes what was left of the text [Y5]', async () => {
  const [directory, copy] = [temporaryFolder(), temporaryFolder()]
  const scrubbing = Promise.withResolvers<void>()
  const disk = { ...systemDisk }
  const { journal } = openStore(directory, id, {
    ...systemDisk,
    write: (fd, bytes, at) => disk.write(fd, bytes, at),
  })
  await journal.append([draft('a', SECRET), draft('b', 'kept')])
  const release = Promise.withResolvers<void>()
  disk.write = async (fd, bytes, at) => {
    scrubbing.resolve()
    await release.promise
    await systemDisk.write(fd, bytes, at)
  }
  const erased = journal.erase([1])
  await scrubbing.promise
  cpSync(directory, copy, { recursive: true })
  release.resolve()
  await erased
  await journal.close()
  expect(having(copy)).toEqual([`${JOURNAL_FILE}-log`])
  const again = openStore(copy, id)
  expect(having(copy)).toEqual([])
  await again.journal.close()
})

test('a deletion from damaged texts, of which nobody knows which is which, leaves none of them [Y5]', async () => {
  const directory = temporaryFolder()
  const first = openStore(directory, id)
  await first.journal.append([draft('a', 'Spider-Man'), draft('b', SECRET), draft('c', 'Mr.Blue')])
  await first.journal.close()
  const db = new DatabaseSync(join(directory, JOURNAL_FILE))
  db.exec("PRAGMA secure_delete = ON; UPDATE entries SET texts = replace(texts, char(10) || '\"xyz', ' \"xyz')")
  db.close()
  const { journal } = openStore(directory, id)
  await journal.erase([2])
  expect(having(directory)).toEqual([])
  await expect(entriesIn(journal)).rejects.toThrow(/damaged\. Restore a backup/)
  await journal.close()
})
