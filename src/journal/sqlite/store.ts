/** A directory with a server's data. One server at a time opens it, and only its user can read it. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DataError } from '../data-error.ts'
import { systemDisk } from './file/disk.ts'
import { LOCK_FILE, lock } from './file/lock.ts'
import { readMeta } from './file/meta.ts'
import { presence } from './file/presence.ts'
import { privateFile } from './file/private.ts'
import { damage, dataError } from './file/sqlite.ts'
import { SqliteHistory } from './history/history.ts'
import { type SqliteJournal, sqliteJournal } from './journal.ts'
import { logFile } from './log/file.ts'
import { closeParts, openParts, type Parts } from './parts.ts'

export type Store = {
  readonly journal: SqliteJournal
  readonly history: SqliteHistory
  /** The name of this directory's server in its journal, the same at every start. */
  readonly origin: string
}

export const JOURNAL_FILE = 'journal.db'

/** Bytes. No SQLite file is shorter (sqlite.org/fileformat2.html, 1.3.2). */
const SMALLEST_PAGE = 512

/** Opens or creates the store; `id` gives unique ids, `disk` waits for the disk. Throws DataError. */
export function openStore(directory: string, id: () => string, disk = systemDisk): Store {
  const file = join(directory, JOURNAL_FILE)
  makePrivate(directory, file, join(directory, LOCK_FILE))
  let free = (): void => {}
  let opened: Parts | null = null
  try {
    free = lock(directory)
    refuseRemains(file)
    opened = openParts(file, id, disk)
    const { db, projection } = opened
    const journal = sqliteJournal(opened, file, presence(file))
    const close = async (): Promise<void> => {
      await journal.close()
      free()
    }
    return {
      origin: readMeta(db).origin,
      history: new SqliteHistory(db, file, projection),
      journal: {
        ...journal,
        get base() {
          return journal.base
        },
        get last() {
          return journal.last
        },
        close,
      },
    }
  } catch (error) {
    if (opened) closeParts(opened, false)
    free()
    throw dataError(error, file)
  }
}

/** Creates the files readable by the user alone. */
function makePrivate(directory: string, ...files: readonly string[]): void {
  try {
    makeDirectory(directory)
    for (const file of files) privateFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new DataError(
      `${directory} cannot be written (${code}). Choose another directory with --data, or run with --ephemeral.`,
    )
  }
}

/** Creates the directory and its parents. Node's own `recursive` never ends if the system reports ENOENT (in /proc). */
function makeDirectory(path: string): void {
  if (existsSync(path)) return
  makeDirectory(dirname(path))
  mkdirSync(path, { mode: 0o700 })
}

/**
 * Refuses files that SQLite would take for new ones and overwrite. The file is created before its logs, so a log beside
 * an empty file is the rest of a journal. Limit: a file that was emptied when it had no log looks like a new one.
 */
function refuseRemains(file: string): void {
  const { size } = statSync(file)
  if (size > 0 && size < SMALLEST_PAGE) throw damage()
  const isThere = (path: string): boolean => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0
  const log = [`${file}-wal`, logFile(file)].find(isThere)
  if (size > 0 || log === undefined) return
  throw new DataError(`${file} is empty, but ${log} is not. Restore a backup, or move both away to begin anew.`)
}
