/** One server for a directory: held by the system for as long as the process lives, so that a kill leaves none behind. */
import { join } from 'node:path'
import { DataError } from '../data-error.ts'
import { loadSqlite } from './sqlite.ts'

export const LOCK_FILE = 'lock'

/** Returns what gives the directory free again. Throws DataError if another server has it. */
export function lock(directory: string): () => void {
  const { DatabaseSync } = loadSqlite()
  const db = new DatabaseSync(join(directory, LOCK_FILE))
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if ((error as { readonly errcode?: number }).errcode !== 5) throw error
    throw new DataError(
      `another rxchat-server uses ${directory}. Stop that one, choose another directory with --data, or run with --ephemeral.`,
    )
  }
  return () => {
    if (db.isOpen) db.close()
  }
}
