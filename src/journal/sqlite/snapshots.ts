/**
 * Kept states, the latest two: the one before is there for the case that the latest is damaged. The one at which the
 * journal begins stays too: without it nothing could be folded again.
 */
import type { Snapshot } from '../../port/journal.ts'
import { sumOf } from './checksum.ts'
import { type Database, transaction } from './sqlite.ts'

const KEPT = 2

type Row = { readonly seq: number; readonly state: string; readonly sum: number; readonly chain: number }

export function snapshots(db: Database) {
  return {
    /** The latest, not beyond `upTo`, that is whole and follows from the entries that are here. */
    snapshot(upTo = Number.MAX_SAFE_INTEGER): Snapshot | null {
      const select = db.prepare('SELECT seq, chain, state, sum FROM snapshots WHERE seq <= ? ORDER BY seq DESC')
      const rows = select.all(upTo) as Row[]
      const whole = rows.find(row => row.sum === sumOf(row.seq, row.state) && row.chain === chainAt(db, row.seq))
      return whole ? { seq: whole.seq, state: whole.state } : null
    },
    keep({ seq, state }: Snapshot): void {
      const chain = chainAt(db, seq)
      if (chain === null) throw new RangeError(`there is no input ${seq} to keep a state of`)
      transaction(db, () => {
        db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)').run(seq, chain, state, sumOf(seq, state))
        db.prepare(
          `DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ?)
           AND seq NOT IN (SELECT base FROM meta)`,
        ).run(KEPT)
      })
    },
  }
}

/** The checksum of all inputs up to `seq`; null if that place is not here. */
export function chainAt(db: Database, seq: number): number | null {
  const row = db
    .prepare('SELECT sum FROM entries WHERE seq = ?1 UNION ALL SELECT base_sum FROM meta WHERE base = ?1')
    .get(seq) as { readonly sum: number } | undefined
  return row?.sum ?? null
}
