/** How far the history follows the journal, as the file says; and the history emptied, to begin anew. */
import { sumOf } from '../file/checksum.ts'
import { type Database, transaction } from '../file/sqlite.ts'

/** The last input that is recorded. If the row is damaged, nothing is: all of it follows from the journal. */
export function progressOf(db: Database): number {
  const seq = recordedIn(db)
  if (seq === null) empty(db)
  return seq ?? 0
}

/** The same for readers; null: the row is damaged. */
export function recordedIn(db: Database): number | null {
  const row = db.prepare('SELECT seq, indexed, sum FROM projected').get() as ProgressRow | undefined
  return row && row.sum === (row.seq === 0 ? 0 : sumOf(row.seq, row.indexed)) ? row.seq : null
}

/** `indexed` belongs to the index from before version 3. */
type ProgressRow = { readonly seq: number; readonly indexed: number; readonly sum: number }

export function empty(db: Database): void {
  transaction(db, () => {
    db.exec(
      'DELETE FROM messages; DELETE FROM times; DELETE FROM mentions; DELETE FROM correspondence; DELETE FROM blocks; DELETE FROM pieces; DELETE FROM projected; INSERT INTO projected VALUES (0, 0, 0)',
    )
  })
}
