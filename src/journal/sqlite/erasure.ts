/** What is taken out leaves no byte behind: not in the tables, not in free pages, not in the write-ahead log. */
import { sumOf } from './checksum.ts'
import { unmark } from './marks.ts'
import { changeMeta, readMeta } from './meta.ts'
import { wholeSnapshots } from './snapshots.ts'
import { type Database, transaction } from './sqlite.ts'

/** The texts of these inputs; their rows stay, with the checksum of no text, as proof that this is no damage. */
export function erase(db: Database, seqs: readonly number[]): void {
  // Before anything is changed: what a reader stands in the way of is refused as a whole.
  checkpoint(db)
  const row = db.prepare('UPDATE texts SET text = NULL, sum = ? WHERE seq = ?')
  transaction(db, () => {
    for (const seq of seqs) {
      unindex(db, 'seq = ?', seq)
      row.run(sumOf(seq, null), seq)
    }
  })
  checkpoint(db)
}

/** The texts up to `seq`, and the inputs up to the latest kept state that is whole and not beyond it. */
export function forget(db: Database, seq: number): void {
  transaction(db, () => {
    unindex(db, 'seq <= ?', seq)
    db.prepare('DELETE FROM texts WHERE seq <= ?').run(seq)
    db.prepare('DELETE FROM messages WHERE seq <= ?').run(seq)
    changeMeta(db, { forgotten: Math.max(readMeta(db).forgotten, seq) })
    const kept = wholeSnapshots(db).find(snapshot => snapshot.seq <= seq)
    if (!kept) return
    db.prepare('DELETE FROM entries WHERE seq <= ?').run(kept.seq)
    db.prepare('DELETE FROM snapshots WHERE seq < ?').run(kept.seq)
    unmark(db, kept.seq)
    changeMeta(db, { base: kept.seq, base_sum: kept.chain })
  })
  checkpoint(db)
}

/** FTS5 takes a text out of an index over other tables only if it is told that text. */
function unindex(db: Database, which: string, seq: number): void {
  db.prepare(
    `INSERT INTO search (search, rowid, text) SELECT 'delete', seq, text FROM texts JOIN messages USING (seq)
     WHERE ${which} AND seq <= (SELECT indexed FROM projected) AND text NOT NULL`,
  ).run(seq)
}

/** Milliseconds that a reader has to be done with a page of the journal. The room waits as long. */
const READER_MS = 100

/** Moves everything from the log into the file, and empties the log. Throws if a reader stands in the way. */
export function checkpoint(db: Database): void {
  db.exec(`PRAGMA busy_timeout = ${READER_MS}`)
  const done = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { readonly busy: number }
  db.exec('PRAGMA busy_timeout = 0')
  if (done.busy !== 0) throw new Error('another program reads it now. Wait until that is done, and try again.')
}
