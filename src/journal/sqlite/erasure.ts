/** What is taken out leaves no byte behind: not in the tables, not in free pages, not in the write-ahead log. */
import { chainAt } from './snapshots.ts'
import { type Database, transaction } from './sqlite.ts'

/** The texts of these inputs; their rows stay, without text and checksum, as proof that this is no damage. */
export function erase(db: Database, seqs: readonly number[]): void {
  const row = db.prepare('UPDATE texts SET text = NULL, sum = NULL WHERE seq = ?')
  transaction(db, () => {
    for (const seq of seqs) {
      unindex(db, 'seq = ?', seq)
      row.run(seq)
    }
  })
  checkpoint(db)
}

/** The texts up to `seq`, and the inputs up to the latest kept state that is not beyond it. */
export function forget(db: Database, seq: number): void {
  transaction(db, () => {
    unindex(db, 'seq <= ?', seq)
    db.prepare('DELETE FROM texts WHERE seq <= ?').run(seq)
    db.prepare('DELETE FROM messages WHERE seq <= ?').run(seq)
    db.prepare('UPDATE meta SET forgotten = max(forgotten, ?)').run(seq)
    const kept = db.prepare('SELECT max(seq) AS seq FROM snapshots WHERE seq <= ?').get(seq) as { seq: number | null }
    const chain = kept.seq === null ? null : chainAt(db, kept.seq)
    if (kept.seq === null || chain === null) return
    db.prepare('DELETE FROM entries WHERE seq <= ?').run(kept.seq)
    db.prepare('DELETE FROM quarantined WHERE seq <= ?').run(kept.seq)
    db.prepare('DELETE FROM snapshots WHERE seq < ?').run(kept.seq)
    db.prepare('UPDATE meta SET base = ?, base_sum = ?').run(kept.seq, chain)
  })
  checkpoint(db)
}

/** FTS5 takes a text out of an index over other tables only if it is told that text. */
function unindex(db: Database, which: string, seq: number): void {
  db.prepare(
    `INSERT INTO search (search, rowid, text) SELECT 'delete', seq, text FROM texts JOIN messages USING (seq)
     WHERE ${which} AND text NOT NULL`,
  ).run(seq)
}

/** Moves everything from the log into the file, and empties the log. Throws if a reader stands in the way. */
export function checkpoint(db: Database): void {
  const done = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { readonly busy: number }
  if (done.busy !== 0) throw new Error('the journal is being read by another program; the erasure waits for it')
}
