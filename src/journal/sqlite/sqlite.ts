/** Node's SQLite, loaded when it is needed: an ephemeral server never does. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'

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

/** SQLite's primary result codes (sqlite.org/rescode.html) that a host can do something about. */
const SENTENCES: Readonly<Record<number, string>> = {
  5: 'another program holds it. Stop that one, or choose another directory with --data.',
  6: 'another program holds it. Stop that one, or choose another directory with --data.',
  8: 'it cannot be written. Give this user the right to, or choose another directory with --data.',
  10: 'the disk failed. Look at the system log, and restore a backup to another disk.',
  11: 'it is damaged. Restore a backup (docs/operations.md), or move it away to begin anew.',
  13: 'the disk is full. Make room: what could not be stored was refused, and nothing else is lost.',
  14: 'it cannot be opened. Give this user the right to, or choose another directory with --data.',
  26: 'it is no journal of rxchat, or is damaged. Restore a backup, or move it away to begin anew.',
}

/** What SQLite reports, with what can be done about it. `what` is the file. */
export function sentenceOf(error: unknown, what: string): string {
  const { errcode, message } = error as { readonly errcode?: number; readonly message?: string }
  const known = errcode === undefined ? undefined : SENTENCES[errcode & 0xff]
  return known === undefined ? `${what}: ${message ?? String(error)}` : `${what}: ${known}`
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
