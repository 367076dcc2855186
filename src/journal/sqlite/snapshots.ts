/**
 * Snapshots: the latest two, in case that the latest is damaged. The one at which the journal begins stays too, because
 * without it nothing could be folded again. All but the end of a large snapshot is in parts, which are written and
 * removed one at a time. A snapshot counts once its row is there. Parts without a snapshot are removed.
 */
import { crc32 } from 'node:zlib'
import { PIECE_BYTES } from '../../model/limits.ts'
import type { Journal, Snapshot } from '../../port/journal.ts'
import { atOnce, NOTHING, type Piece } from '../pieces.ts'
import { linkAt } from './entries.ts'
import { readMeta } from './file/meta.ts'
import { type Database, damage, transaction } from './file/sqlite.ts'

const KEPT = 2

/** `state` is its end. `parts` identifies the parts before it; null: `state` is all of it. */
type SnapshotRow = Snapshot & { readonly chain: number; readonly sum: number; readonly parts: number | null }

/**
 * The latest undamaged snapshot that isn't beyond `upTo`. If there's none and inputs are forgotten, the oldest later
 * one. Throws if there's none at all and inputs are forgotten.
 */
export function latestSnapshot(db: Database, upTo: number): Snapshot | null {
  const all = atOnce(wholeSnapshots(db))
  const { base } = readMeta(db)
  const whole = all.find(({ seq }) => seq <= upTo) ?? (base > 0 ? all.at(-1) : undefined)
  if (!whole && base > 0) throw damage()
  return whole ?? null
}

/** The `seq` of the latest undamaged snapshot that isn't beyond `seq`; null: none. */
export function* latestWhole(db: Database, seq: number): Generator<Piece, number | null> {
  const all = yield* wholeSnapshots(db)
  return all.find(kept => kept.seq <= seq)?.seq ?? null
}

/** The oldest undamaged snapshot, after which most inputs are left. */
export const oldestSnapshot = (db: Database): Snapshot | null => atOnce(wholeSnapshots(db)).at(-1) ?? null

/** The undamaged snapshots that fit the inputs of this journal, latest first. */
function* wholeSnapshots(db: Database): Generator<Piece, readonly Snapshot[]> {
  const whole: Snapshot[] = []
  for (let k = 0; k <= KEPT; k++) {
    const row = rowAt(db, k)
    if (!row || row.chain !== linkAt(db, row.seq)) continue
    const state = yield* stateOf(db, row)
    if (state !== null) whole.push({ seq: row.seq, state })
  }
  return whole
}

const ROW = 'SELECT seq, chain, state, sum, parts FROM snapshots ORDER BY seq DESC LIMIT 1 OFFSET ?'

/** Reads one row at a time, so that a damaged page costs only its own rows. */
function rowAt(db: Database, k: number): SnapshotRow | null {
  try {
    return (db.prepare(ROW).get(k) as SnapshotRow | undefined) ?? null
  } catch {
    return null
  }
}

/** Null: damaged. */
function* stateOf(db: Database, { seq, state, parts, sum }: SnapshotRow): Generator<Piece, string | null> {
  let [whole, found] = ['', begun(seq)]
  for (let part = 0; parts !== null; part++) {
    const text = partAt(db, parts, part)
    if (text === null) break
    whole += text
    found = added(found, text)
    yield { rows: 1, bytes: text.length }
  }
  return ended(added(found, state)) === sum ? whole + state : null
}

/** Null: missing or damaged. */
function partAt(db: Database, id: number, part: number): string | null {
  try {
    const row = db.prepare('SELECT text FROM parts WHERE id = ? AND part = ?').get(id, part)
    return (row as { readonly text: string } | undefined)?.text ?? null
  } catch {
    return null
  }
}

/** Only one at a time: the parts of an unfinished snapshot would be removed as parts without a snapshot. */
export function* keep(db: Database, { seq, state }: Parameters<Journal['keep']>[0]): Generator<Piece> {
  if (linkAt(db, seq) === null) throw new RangeError(`there is no input ${seq} to keep a state of`)
  yield* dropParts(db)
  const { id, end, sum } = yield* addParts(db, seq, state)
  const chain = linkAt(db, seq)
  // If its input was forgotten meanwhile, there's a later snapshot.
  if (chain !== null) {
    transaction(db, () => {
      db.prepare('INSERT OR REPLACE INTO snapshots VALUES (?, ?, ?, ?, ?)').run(seq, chain, end, sum, id)
      db.prepare(
        `DELETE FROM snapshots WHERE seq NOT IN (SELECT seq FROM snapshots ORDER BY seq DESC LIMIT ?) AND seq <> ?`,
      ).run(KEPT, readMeta(db).base)
    })
  }
  yield* dropParts(db)
}

type AddedSnapshot = Pick<SnapshotRow, 'sum'> & { readonly id: number | null; readonly end: string }

function* addParts(db: Database, seq: number, state: Iterable<string>): Generator<Piece, AddedSnapshot> {
  const { id } = db.prepare('SELECT coalesce(max(id), 0) + 1 AS id FROM parts').get() as { readonly id: number }
  const add = db.prepare('INSERT INTO parts VALUES (?, ?, ?)')
  let [part, text, sum] = [0, '', begun(seq)]
  for (const more of state) {
    if (more === '') yield NOTHING
    text += more
    if (text.length < PIECE_BYTES) continue
    transaction(db, () => add.run(id, part, text))
    sum = added(sum, text)
    yield { rows: 1, bytes: text.length }
    part += 1
    text = ''
  }
  return { id: part === 0 ? null : id, end: text, sum: ended(added(sum, text)) }
}

/** Removes parts without a snapshot. */
export function* dropParts(db: Database): Generator<Piece> {
  const next = db.prepare(
    'SELECT rowid AS place FROM parts WHERE id NOT IN (SELECT parts FROM snapshots WHERE parts NOT NULL) LIMIT 1',
  )
  const drop = db.prepare('DELETE FROM parts WHERE rowid = ?')
  for (;;) {
    const row = next.get() as { readonly place: number } | undefined
    if (!row) return
    transaction(db, () => drop.run(row.place))
    yield { rows: 1, bytes: PIECE_BYTES }
  }
}

/** Compute `sumOf(seq, state)` part by part. No part ends within a surrogate pair. */
const begun = (seq: number): number => crc32(`[${seq},"`)
const added = (sum: number, text: string): number => crc32(JSON.stringify(text).slice(1, -1), sum)
const ended = (sum: number): number => crc32('"]', sum)
