/**
 * The tables, as the migrations that lead to them: the version of a file is the number of those it has had. A file that
 * an older rxchat wrote is brought up to date in one transaction; one that a newer wrote is not touched.
 */
import { DataError } from '../data-error.ts'
import { type Database, transaction } from './sqlite.ts'

/** "rxch", in the header of every file of ours (sqlite.org/fileformat2.html, 1.3). */
const APPLICATION = 0x72786368

/** Each brings a file of the version before up to date. Never changed once released, only added to. */
const MIGRATIONS: readonly string[] = [
  // 1: the journal. `base` is where it begins, inputs up to there were forgotten; so were texts up to `forgotten`.
  `CREATE TABLE meta (epoch TEXT NOT NULL, origin TEXT NOT NULL, base INTEGER NOT NULL, base_sum INTEGER NOT NULL, forgotten INTEGER NOT NULL) STRICT;
   CREATE TABLE entries (seq INTEGER PRIMARY KEY, input TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;
   CREATE TABLE texts (seq INTEGER PRIMARY KEY, text TEXT, sum INTEGER) STRICT;
   CREATE TABLE quarantined (seq INTEGER PRIMARY KEY, reason TEXT NOT NULL) STRICT;
   CREATE TABLE snapshots (seq INTEGER PRIMARY KEY, chain INTEGER NOT NULL, state TEXT NOT NULL, sum INTEGER NOT NULL) STRICT;`,
]

/** Version that this program writes. */
export const SCHEMA = MIGRATIONS.length

/** Brings the tables up to date. Throws DataError on what is not ours, or newer. */
export function migrate(db: Database, what: string, epoch: string, origin: string): void {
  const version = pragma(db, 'user_version')
  if (version === 0 && pragma(db, 'schema_version') === 0) {
    db.exec(`PRAGMA application_id = ${APPLICATION}`)
    return transaction(db, () => {
      apply(db, 0)
      db.prepare('INSERT INTO meta VALUES (?, ?, 0, 0, 0)').run(epoch, origin)
    })
  }
  if (pragma(db, 'application_id') !== APPLICATION) {
    throw new DataError(`${what} is not a journal of rxchat. Choose another directory with --data.`)
  }
  if (version > SCHEMA) {
    throw new DataError(
      `${what} was written by a newer rxchat (format ${version}, this one reads up to ${SCHEMA}). Update rxchat, or choose another directory with --data.`,
    )
  }
  if (version < SCHEMA) transaction(db, () => apply(db, version))
}

/** For who only reads: throws DataError unless this program's own migrations have led here. */
export function requireCurrent(db: Database, what: string): void {
  if (pragma(db, 'application_id') !== APPLICATION) {
    throw new DataError(`${what} is no journal of rxchat. Give the directory that the server keeps its data in.`)
  }
  const version = pragma(db, 'user_version')
  if (version === SCHEMA) return
  const remedy = version > SCHEMA ? 'Update rxchat.' : 'Start the server on it once, which brings it up to date.'
  throw new DataError(`${what} has format ${version}, and this rxchat reads format ${SCHEMA}. ${remedy}`)
}

function apply(db: Database, from: number): void {
  for (const migration of MIGRATIONS.slice(from)) db.exec(migration)
  db.exec(`PRAGMA user_version = ${SCHEMA}`)
}

/** The value of a pragma that is a number. */
function pragma(db: Database, name: 'user_version' | 'schema_version' | 'application_id'): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0)
}
