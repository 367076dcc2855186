/** A directory with a server's data: opened by one server at a time, readable by its user alone. */
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Journal } from '../../port/journal.ts'
import { DataError } from '../data-error.ts'
import { sqliteJournal } from './journal.ts'
import { lock } from './lock.ts'
import { migrate } from './schema.ts'
import { type Database, loadSqlite, sentenceOf } from './sqlite.ts'

export type Store = {
  readonly journal: Journal
  /** Names this directory's server in its journal, the same at every start. */
  readonly origin: string
}

export const JOURNAL_FILE = 'journal.db'

/** Opens or makes it; `id` gives names that nobody else has. Throws DataError. */
export function openStore(directory: string, id: () => string): Store {
  const file = join(directory, JOURNAL_FILE)
  makePrivate(directory, file)
  let free = (): void => {}
  let db: Database | null = null
  try {
    free = lock(directory)
    db = openFile(file)
    migrate(db, file, id(), id())
    const { origin } = db.prepare('SELECT origin FROM meta').get() as { readonly origin: string }
    const journal = sqliteJournal(db, file)
    const close = async (): Promise<void> => {
      await journal.close()
      free()
    }
    return { origin, journal: { ...journal, close } }
  } catch (error) {
    if (db?.isOpen) db.close()
    free()
    throw error instanceof DataError ? error : new DataError(sentenceOf(error, file))
  }
}

/** The log and the index that SQLite makes beside the file get its rights. */
function makePrivate(directory: string, file: string): void {
  try {
    makeDirectory(directory)
    closeSync(openSync(file, 'a', 0o600))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new DataError(
      `${directory} cannot be written (${code}). Choose another directory with --data, or run with --ephemeral.`,
    )
  }
}

/** With what is above it. Not Node's own `recursive`, which never ends where the system says ENOENT (in /proc). */
function makeDirectory(path: string): void {
  if (existsSync(path)) return
  makeDirectory(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

function openFile(file: string): Database {
  const { DatabaseSync } = loadSqlite()
  const db = new DatabaseSync(file, { timeout: 0 })
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
  return db
}
