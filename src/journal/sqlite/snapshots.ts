/** Kept states, the latest two: the one before is there for the case that the latest is damaged. */
import type { Snapshot } from '../../port/journal.ts'
import { sumOf } from './checksum.ts'
import { type Database, transaction } from './sqlite.ts'

const KEPT = 2

type Row = { readonly seq: number; readonly state: string; readonly sum: number; readonly chain: number }

export function snapshots(db: Database) {
  return {
    /** The latest that is whole and follows from the entries that are here. */
    snapshot(): Snapshot | null {
      return whole(db, 'SELECT seq, chain, state, sum FROM snapshots ORDER BY seq DESC')
    },
    keep({ seq, state }: Snapshot): void {
      const chain = chainAt(db, seq)
      if (chain === null) throw new RangeError(`there is no input ${seq} to keep a state of`)
      transaction(db, () => {
        db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)').run(seq, chain, state, sumOf(seq, state))
        db.prepare('DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ?)').run(
          KEPT,
        )
      })
    },
  }
}

/** The oldest that is whole: most inputs are left after it. */
export const oldestSnapshot = (db: Database): Snapshot | null =>
  whole(db, 'SELECT seq, chain, state, sum FROM snapshots ORDER BY seq')

/** The first of these rows that is whole and follows from the entries that are here. */
function whole(db: Database, query: string): Snapshot | null {
  const rows = db.prepare(query).all() as Row[]
  const found = rows.find(row => row.sum === sumOf(row.seq, row.state) && row.chain === chainAt(db, row.seq))
  return found ? { seq: found.seq, state: found.state } : null
}

/** The checksum of all inputs up to `seq`; null if that place is not here. */
export function chainAt(db: Database, seq: number): number | null {
  const row = db
    .prepare('SELECT sum FROM entries WHERE seq = ?1 UNION ALL SELECT base_sum FROM meta WHERE base = ?1')
    .get(seq) as { readonly sum: number } | undefined
  return row?.sum ?? null
}
