/** Node's SQLite, loaded only when needed: an ephemeral server never loads it. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { DataError, LastingError } from '../../data-error.ts'

export type Database = DatabaseSync
export type Statement = StatementSync

/**
 * Node 22 warns on stderr, each time, that it is experimental. Nobody could act on that, so the warning is suppressed.
 */
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
  // SQLITE_IOERR_SHORT_READ: a page isn't there, since the file was cut off.
  522: `it is damaged. ${RESTORE}`,
  // SQLITE_IOERR_SHMSIZE: no room for the index of the log, which the first opening creates.
  4874: FULL,
  26: 'it is no journal of rxchat, or is damaged. Restore a backup, or move it away to begin anew.',
}

const CORRUPT = 11

/** The system's codes for the same, of the file that SQLite doesn't write. */
const CODES: Readonly<Record<string, number>> = { EIO: 10, ENOSPC: 13, EDQUOT: 13, EACCES: 8, EPERM: 8, EROFS: 8 }

/** The error that SQLite itself throws for a damaged file. */
export const damage = (): Error => Object.assign(new Error('a checksum is wrong'), { errcode: CORRUPT })

/** Returns the result of `work`. Turns every error into a DataError. */
export function explained<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw dataError(error, what)
  }
}

/** The same for asynchronous work. Rejects. */
export async function explainedLater<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw dataError(error, what)
  }
}

/** The codes of damage: a restart meets it again. */
const LASTING = [11, 26, 522]

/** The error with a sentence, unless it has one. `what` is the file. */
export function dataError(error: unknown, what: string): DataError {
  if (error instanceof DataError) return error
  const sentence = sentenceOf(error, what)
  return LASTING.includes(resultOf(error) ?? 0) ? new LastingError(sentence) : new DataError(sentence)
}

/** An error as a sentence with a remedy. `what` is the file. Without a code, the message is already a sentence. */
export function sentenceOf(error: unknown, what: string): string {
  const { code, message } = error as { readonly [key in 'code' | 'message']?: unknown }
  const result = resultOf(error)
  const known = result === undefined ? undefined : (SENTENCES[result] ?? SENTENCES[result & 0xff])
  if (known !== undefined) return `${what}: ${known}`
  return code === undefined ? `${what}: ${message}` : `${what}: ${message}. ${RESTORE}`
}

/** The result code of SQLite, or that for the system's error. */
function resultOf(error: unknown): number | undefined {
  const { errcode, code } = error as { readonly [key in 'errcode' | 'code']?: unknown }
  return typeof errcode === 'number' ? errcode : CODES[String(code)]
}

/** Performs all of `work` or nothing. Rethrows its error. */
export function transaction<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite may have rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/**
 * A statement that is prepared once for each database. Its rows are arrays, which cost SQLite half as much as objects.
 * To be read at once: a result that is only begun would keep its transaction open.
 */
export function statementOf(sql: string): (db: Database) => Statement {
  const prepared = new WeakMap<Database, Statement>()
  return db => {
    const known = prepared.get(db)
    if (known) return known
    const statement = db.prepare(sql)
    statement.setReturnArrays(true)
    prepared.set(db, statement)
    return statement
  }
}
