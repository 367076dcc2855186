/** A directory with a server's data: opened by one server at a time, readable by its user alone. */
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Journal } from '../../port/journal.ts'
import { DataError } from '../data-error.ts'
import { type SqliteHistory, sqliteHistory } from './history.ts'
import { sqliteJournal } from './journal.ts'
import { LOCK_FILE, lock } from './lock.ts'
import { readMeta } from './meta.ts'
import { presence } from './presence.ts'
import { migrate } from './schema.ts'
import { type Database, damage, explained, loadSqlite, sentenceOf } from './sqlite.ts'

export type Store = {
  readonly journal: Journal
  readonly history: SqliteHistory
  /** Names this directory's server in its journal, the same at every start. */
  readonly origin: string
}

export const JOURNAL_FILE = 'journal.db'

/** Bytes; no file of SQLite is shorter (sqlite.org/fileformat2.html, 1.3.2). */
const SMALLEST_PAGE = 512

/** Opens or makes it; `id` gives names that nobody else has. Throws DataError. */
export function openStore(directory: string, id: () => string): Store {
  const file = join(directory, JOURNAL_FILE)
  makePrivate(directory, file, join(directory, LOCK_FILE))
  let free = (): void => {}
  let db: Database | null = null
  try {
    free = lock(directory)
    refuseRemains(file)
    db = openFile(file)
    migrate(db, file, id(), id())
    // Not before: whose file it is was not known, and it is written in the file.
    db.exec('PRAGMA journal_mode = WAL')
    const { origin } = readMeta(db)
    const journal = sqliteJournal(db, file, presence(file))
    const history = sqliteHistory(db, file)
    // What is erased or kept is so in the history too, which lags behind.
    const recorded = async (work: () => Promise<void>): Promise<void> => {
      explained(file, history.flush)
      await work()
    }
    const close = async (): Promise<void> => {
      try {
        history.close()
      } finally {
        await journal.close()
        free()
      }
    }
    return {
      origin,
      history,
      journal: {
        ...journal,
        get base() {
          return journal.base
        },
        keep: kept => recorded(() => journal.keep(kept)),
        erase: seqs => recorded(() => journal.erase(seqs)),
        forget: seq => recorded(() => journal.forget(seq)),
        close,
      },
    }
  } catch (error) {
    if (db?.isOpen) db.close()
    free()
    throw error instanceof DataError ? error : new DataError(sentenceOf(error, file))
  }
}

/** The log and the index that SQLite makes beside a file get its rights. */
function makePrivate(directory: string, ...files: readonly string[]): void {
  try {
    makeDirectory(directory)
    for (const file of files) {
      // One that is there is not opened: to close it again would give up the locks that this process has on it.
      if (existsSync(file)) accessSync(file, constants.W_OK)
      else closeSync(openSync(file, 'a', 0o600))
    }
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

/**
 * What SQLite would take for a new file, and write over. The file is made before there is a log, so a log beside nothing
 * is what is left of a journal. Limit: one that was emptied when it had no log looks as one that is new.
 */
function refuseRemains(file: string): void {
  const log = `${file}-wal`
  const { size } = statSync(file)
  if (size > 0 && size < SMALLEST_PAGE) throw damage()
  if (size > 0 || !existsSync(log) || statSync(log).size === 0) return
  throw new DataError(`${file} is empty, but ${log} is not. Restore a backup, or move both away to begin anew.`)
}

function openFile(file: string): Database {
  const { DatabaseSync } = loadSqlite()
  const db = new DatabaseSync(file, { timeout: 0 })
  db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
  return db
}
