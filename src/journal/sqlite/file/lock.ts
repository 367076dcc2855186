/**
 * One server per directory. The system holds the lock as long as the process lives, so a kill leaves no lock behind.
 */
import { join } from 'node:path'
import { DataError } from '../../data-error.ts'
import { type Database, explained, loadSqlite, sentenceOf } from './sqlite.ts'

export const LOCK_FILE = 'lock'

/** Returns a function that unlocks the directory. Throws DataError if another server has it. */
export function lock(directory: string): () => void {
  const free = hold(join(directory, LOCK_FILE))
  if (free) return free
  throw new DataError(
    `another rxchat-server uses ${directory}. Stop that one, choose another directory with --data, or run with --ephemeral.`,
  )
}

/** Returns a function that unlocks the file; null: another process holds it. Throws DataError if it can't be locked. */
export function hold(file: string): (() => void) | null {
  const { DatabaseSync } = loadSqlite()
  const db = explained(file, () => new DatabaseSync(file, { timeout: 0 }))
  try {
    // Nothing is ever written, so the rollback journal needs no file.
    db.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if ((error as { readonly errcode?: number }).errcode !== BUSY) throw new DataError(sentenceOf(error, file))
    return null
  }
  held.add(db)
  return () => {
    held.delete(db)
    if (db.isOpen) db.close()
  }
}

/** Reachable from here, because the lock of a database that the garbage collector finds is gone. */
const held = new Set<Database>()

const BUSY = 5
