/**
 * Erases texts from the tables, and from their free pages (`secure_delete`). The journal then empties SQLite's log and the
 * commit log, which may still have them.
 */
import { LAPSED_MS, PIECE_ROWS } from '../../model/limits.ts'
import { isWholePiece, NOTHING, type Piece } from '../pieces.ts'
import { sumOf } from './file/checksum.ts'
import { changeMeta, readMeta } from './file/meta.ts'
import { type Database, transaction } from './file/sqlite.ts'
import { forgetBlocks, unknowBlock } from './history/blocks.ts'
import { unindex } from './history/unread.ts'
import { unmark } from './marks.ts'
import { latestWhole } from './snapshots.ts'

/**
 * Erases the texts of these inputs. Their rows stay, with the checksum of no text, which shows that this isn't damage.
 */
export function erase(db: Database, seqs: readonly number[]): void {
  const row = db.prepare('UPDATE texts SET text = NULL, sum = ? WHERE seq = ?')
  transaction(db, () => {
    for (const seq of seqs) {
      unknowBlock(db, seq)
      row.run(sumOf(seq, null), seq)
    }
  })
}

/**
 * Forgets the texts up to `seq`, and the inputs up to the latest undamaged snapshot that isn't beyond it. Works in
 * pieces, oldest first. Writes may come in between, and each piece leaves a complete journal.
 */
export function* forget(db: Database, seq: number): Generator<Piece> {
  for (;;) {
    const { until, piece } = nextTexts(db, seq)
    transaction(db, () => {
      forgetBlocks(db, until)
      db.prepare('DELETE FROM texts WHERE seq <= ?').run(until)
      const { forgotten } = readMeta(db)
      unindex(db, forgotten, until)
      db.prepare(PLACES).run(forgotten, until)
      if (until > forgotten) changeMeta(db, { forgotten: until })
    })
    if (until >= seq) break
    yield piece
  }
  yield* forgetPlaces(db)
  const kept = yield* latestWhole(db, seq)
  if (kept !== null) yield* forgetInputs(db, kept)
}

/**
 * Of a forgotten message, its room and time stay, so that a returning session is told how much it missed. For a room
 * message not even the author stays; for a direct message the two members stay, by ids that reveal no names.
 */
const PLACES = `UPDATE messages SET sender = '', recipient = NULL, action = 0, account = 0, mentions = NULL, sum = 0,
  author = CASE WHEN peer IS NULL THEN '' ELSE author END WHERE seq > ? AND seq <= ?`

/** Keeps these places as long as a session may return. After that nobody can ask for them. */
function* forgetPlaces(db: Database): Generator<Piece> {
  const latest = db.prepare('SELECT at FROM messages ORDER BY seq DESC LIMIT 1').get() as
    | { readonly at: number }
    | undefined
  const old = db.prepare(
    `DELETE FROM messages WHERE seq IN (SELECT seq FROM messages WHERE at < ? ORDER BY at LIMIT ${PIECE_ROWS})
     AND seq <= (SELECT forgotten FROM meta)`,
  )
  for (;;) {
    const { changes } = transaction(db, () => old.run((latest?.at ?? 0) - LAPSED_MS))
    if (Number(changes) < PIECE_ROWS) return
    yield { rows: PIECE_ROWS, bytes: 0 }
  }
}

/** How far the next piece of texts goes. */
function nextTexts(db: Database, seq: number): { readonly until: number; readonly piece: Piece } {
  let [piece, until]: [Piece, number] = [NOTHING, seq]
  const rows = db.prepare(FORGOTTEN).iterate(seq) as Iterable<{ readonly seq: number; readonly bytes: number }>
  for (const row of rows) {
    if (isWholePiece(piece)) break
    piece = { rows: piece.rows + 1, bytes: piece.bytes + row.bytes }
    until = row.seq
  }
  return { piece, until: isWholePiece(piece) ? until : seq }
}

const FORGOTTEN = `SELECT seq, coalesce(octet_length(text), 0) AS bytes FROM texts WHERE seq <= ? ORDER BY seq LIMIT ${PIECE_ROWS + 1}`

/** After each piece, the journal begins behind it. In the end it begins at a snapshot. */
function* forgetInputs(db: Database, until: number): Generator<Piece> {
  for (;;) {
    const rows = db
      .prepare(`SELECT seq, sum FROM entries WHERE seq <= ? ORDER BY seq LIMIT ${PIECE_ROWS}`)
      .all(until) as { readonly seq: number; readonly sum: number }[]
    const last = rows.at(-1)
    if (!last) return
    transaction(db, () => {
      db.prepare('DELETE FROM entries WHERE seq <= ?').run(last.seq)
      db.prepare('DELETE FROM snapshots WHERE seq < ?').run(last.seq)
      unmark(db, last.seq)
      changeMeta(db, { base: last.seq, base_sum: last.sum })
    })
    if (rows.length < PIECE_ROWS) return
    yield { rows: rows.length, bytes: 0 }
  }
}
