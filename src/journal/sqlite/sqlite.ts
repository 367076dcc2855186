/** Node's SQLite, loaded when it is needed: an ephemeral server never does. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { DataError } from '../data-error.ts'

export type Database = DatabaseSync
export type Statement = StatementSync

/** Node 22 says that it is experimental, each time, on stderr; nobody could act on that. */
export function loadSqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process
  process.emitWarning = () => {}
  try {
    return process.getBuiltinModule('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
}

const RESTORE = 'Restore a backup (docs/operations.md), or move it away to begin anew.'

const FULL = 'the disk is full. Make room: what could not be stored was refused, and nothing else is lost.'

/** SQLite's result codes (sqlite.org/rescode.html) that a host can do something about. */
const SENTENCES: Readonly<Record<number, string>> = {
  5: 'another program holds it. Stop that one, or choose another directory with --data.',
  6: 'another program holds it. Stop that one, or choose another directory with --data.',
  8: 'it cannot be written. Give this user the right to, or choose another directory with --data.',
  10: 'the disk failed. Look at the system log, and restore a backup to another disk.',
  11: `it is damaged. ${RESTORE}`,
  13: FULL,
  14: 'it cannot be opened. Give this user the right to, or choose another directory with --data.',
  // SQLITE_IOERR_SHMSIZE: no room for the index of the log, which each first opening makes.
  4874: FULL,
  26: 'it is no journal of rxchat, or is damaged. Restore a backup, or move it away to begin anew.',
}

const CORRUPT = 11

/** What SQLite throws where it sees by itself that the file is damaged. */
export const damage = (): Error => Object.assign(new Error('a checksum is wrong'), { errcode: CORRUPT })

/** What `work` gives. Throws DataError for whatever goes wrong in it. */
export function explained<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof DataError ? error : new DataError(sentenceOf(error, what))
  }
}

/** The same for work that takes its time. Rejects. */
export async function explainedLater<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof DataError ? error : new DataError(sentenceOf(error, what))
  }
}

/** What SQLite reports, with what can be done about it. `what` is the file. What has no code is a sentence already. */
export function sentenceOf(error: unknown, what: string): string {
  const { errcode, code, message } = error as { readonly [key in 'errcode' | 'code' | 'message']?: unknown }
  const known = typeof errcode === 'number' ? (SENTENCES[errcode] ?? SENTENCES[errcode & 0xff]) : undefined
  if (known !== undefined) return `${what}: ${known}`
  return code === undefined ? `${what}: ${message}` : `${what}: ${message}. ${RESTORE}`
}

/** A transaction that does not wait for the disk: what can be made anew may be lost with the power. */
export function lazily(db: Database, work: () => void): void {
  db.exec('PRAGMA synchronous = NORMAL')
  try {
    transaction(db, work)
  } finally {
    db.exec('PRAGMA synchronous = FULL')
  }
}

/** All of `work` or nothing of it. Throws what it throws. */
export function transaction<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    // Where SQLite has rolled back by itself, there is none left.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
