/**
 * Kept states, the latest two: the one before is there for the case that the latest is damaged. The one at which the
 * journal begins stays too: without it nothing could be folded again.
 */
import { crc32 } from 'node:zlib'
import type { Snapshot } from '../../port/journal.ts'
import type { Piece } from '../pieces.ts'
import { sumOf } from './checksum.ts'
import { readMeta } from './meta.ts'
import { type Database, damage, transaction } from './sqlite.ts'

const KEPT = 2

type Kept = Snapshot & { readonly chain: number; readonly sum: number }

/**
 * The latest, not beyond `upTo`, that is whole; where inputs are forgotten a later one, if there is no other. Throws if
 * there is none at all, and the inputs that would lead to it are forgotten.
 */
export function latestSnapshot(db: Database, upTo: number): Snapshot | null {
  const all = wholeSnapshots(db)
  const { base } = readMeta(db)
  const whole = all.find(({ seq }) => seq <= upTo) ?? (base > 0 ? all.at(-1) : undefined)
  if (!whole && base > 0) throw damage()
  return whole ? { seq: whole.seq, state: whole.state } : null
}

/** Those that are whole and follow from the inputs that are here, the latest first. */
function wholeSnapshots(db: Database): readonly Kept[] {
  return Array.from({ length: KEPT + 1 }, (_, k) => keptAt(db, k)).filter(
    (kept): kept is Kept =>
      kept !== null && kept.sum === sumOf(kept.seq, kept.state) && kept.chain === chainAt(db, kept.seq),
  )
}

/** The place of the latest that is whole and not beyond `seq`; null: there is none. */
export const latestWhole = (db: Database, seq: number): number | null =>
  wholeSnapshots(db).find(kept => kept.seq <= seq)?.seq ?? null

/** The oldest that is whole: most inputs are left after it. */
export function oldestSnapshot(db: Database): Snapshot | null {
  const kept = wholeSnapshots(db).at(-1)
  return kept ? { seq: kept.seq, state: kept.state } : null
}

/** One by one, so that a damaged page takes only its own away. */
function keptAt(db: Database, k: number): Kept | null {
  try {
    const row = db.prepare('SELECT seq, chain, state, sum FROM snapshots ORDER BY seq DESC LIMIT 1 OFFSET ?').get(k)
    return (row as Kept | undefined) ?? null
  } catch {
    return null
  }
}

/** Its checksum is made in pieces, then it is stored. */
export function* keep(db: Database, { seq, state }: Snapshot): Generator<Piece> {
  if (chainAt(db, seq) === null) throw new RangeError(`there is no input ${seq} to keep a state of`)
  const sum = yield* sumInPieces(seq, state)
  const chain = chainAt(db, seq)
  // Forgotten meanwhile: a later one is kept.
  if (chain === null) return
  transaction(db, () => {
    db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?)').run(seq, chain, state, sum)
    db.prepare(
      `DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ?) AND seq <> ?`,
    ).run(KEPT, readMeta(db).base)
  })
}

/** Characters that are summed in one piece. */
const SUMMED = 524_288

/** What `sumOf` gives. No piece ends within a pair of surrogates, of which half is written otherwise. */
function* sumInPieces(seq: number, state: string): Generator<Piece, number> {
  let sum = crc32(`[${seq},"`)
  for (let at = 0; at < state.length; ) {
    const end = at + SUMMED
    const unit = state.charCodeAt(end - 1)
    const next = unit >= 0xd800 && unit <= 0xdbff ? end + 1 : end
    sum = crc32(JSON.stringify(state.slice(at, next)).slice(1, -1), sum)
    at = next
    if (at < state.length) yield { rows: 0, bytes: SUMMED }
  }
  return crc32('"]', sum)
}

/** The checksum of all inputs up to `seq`; null if that place is not here. */
function chainAt(db: Database, seq: number): number | null {
  const { base, base_sum } = readMeta(db)
  if (seq === base) return base_sum
  const row = db.prepare('SELECT sum FROM entries WHERE seq = ?').get(seq) as { readonly sum: number } | undefined
  return row?.sum ?? null
}
