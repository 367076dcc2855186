/**
 * Erases texts from the tables, and from their free pages (`secure_delete`). The journal then empties SQLite's log and the
 * commit log, which may still have them.
 */
import { LAPSED_MS } from '../../model/limits.ts'
import type { Piece } from '../pieces.ts'
import { chunksFrom, chunkWith, ERASED, NO_TEXT, noteErased, putChunk, sumAt, without } from './chunks.ts'
import { changeMeta, readMeta } from './file/meta.ts'
import { type Database, transaction } from './file/sqlite.ts'
import { forgetPieces } from './history/pieces.ts'
import { dropOlder } from './history/times.ts'
import { unindex } from './history/unread.ts'
import { forgetBlocks, unknowBlock } from './history/words/blocks.ts'
import { unmark } from './marks.ts'
import { latestWhole } from './snapshots.ts'

/** Erases the texts of these inputs. `null` stays in their places, which shows that this isn't damage. */
export function erase(db: Database, seqs: readonly number[]): void {
  const gone = new Set(seqs)
  transaction(db, () => {
    let done = 0
    for (const seq of seqs.toSorted((a, b) => a - b)) {
      unknowBlock(db, seq)
      if (seq <= done) continue
      const chunk = chunkWith(db, seq)
      if (!chunk) continue
      const { first, last, texts } = chunk
      for (const [at, line] of texts.entries()) {
        if (line !== NO_TEXT && gone.has(first + at)) noteErased(db, first + at)
      }
      putChunk(
        db,
        without(chunk, place => gone.has(place), ERASED),
      )
      done = last
    }
  })
}

/**
 * Forgets the texts up to `seq`, and the inputs up to the latest undamaged snapshot that isn't beyond it. Works in
 * pieces, oldest first. Writes may come in between, and each piece leaves a complete journal.
 */
export function* forget(db: Database, seq: number): Generator<Piece> {
  for (;;) {
    const { forgotten } = readMeta(db)
    if (forgotten >= seq) break
    const { until, piece } = transaction(db, () => forgetTexts(db, forgotten, seq))
    if (until < seq) yield piece
  }
  yield* forgetPlaces(db)
  const kept = yield* latestWhole(db, seq)
  if (kept !== null) yield* forgetInputs(db, kept)
}

/** Forgets the texts of one chunk. Within a transaction. */
function forgetTexts(db: Database, forgotten: number, seq: number): { readonly until: number; readonly piece: Piece } {
  const chunk = chunksFrom(db, forgotten + 1, 1).find(({ first }) => first <= seq)
  const until = Math.min(chunk?.last ?? seq, seq)
  let bytes = 0
  if (chunk) {
    bytes = chunk.texts.reduce((sum, line, at) => sum + (chunk.first + at <= until ? line.length : 0), 0)
    putChunk(
      db,
      without(chunk, place => place <= until, NO_TEXT),
    )
  }
  forgetBlocks(db, until)
  db.prepare('DELETE FROM erased WHERE seq <= ?').run(until)
  forgetPieces(db, until)
  unindex(db, forgotten, until)
  db.prepare(PLACES).run(forgotten, until)
  changeMeta(db, { forgotten: until })
  return { until, piece: { rows: until - forgotten, bytes } }
}

/**
 * The room and time of a forgotten message stay, so that a returning session learns how much it missed. For a room
 * message not even the author stays; for a direct message the two members stay, by ids that reveal no names.
 */
const PLACES = `UPDATE messages SET sender = '', recipient = NULL, action = 0, account = 0, mentions = NULL, text_at = NULL, life = NULL, sum = 0,
  author = CASE WHEN peer IS NULL THEN '' ELSE author END WHERE seq > ? AND seq <= ?`

/** Keeps these places as long as a session may return. After that nobody can ask for them. */
function* forgetPlaces(db: Database): Generator<Piece> {
  const latest = db.prepare('SELECT at FROM messages ORDER BY seq DESC LIMIT 1').get() as
    | { readonly at: number }
    | undefined
  yield* dropOlder(db, (latest?.at ?? 0) - LAPSED_MS, readMeta(db).forgotten)
}

/** A chunk at a time. After each, the journal begins behind it. In the end it begins at a snapshot. */
function* forgetInputs(db: Database, until: number): Generator<Piece> {
  for (;;) {
    const { base } = readMeta(db)
    const chunk = chunksFrom(db, base + 1, 1).find(({ first }) => first <= until)
    if (!chunk) return
    const { first, last, inputs, texts } = chunk
    const end = Math.min(last, until)
    const sum = end === last ? chunk.sum : sumAt(chunk, end)
    transaction(db, () => {
      db.prepare('DELETE FROM entries WHERE first = ?').run(first)
      if (end < last) {
        const gone = end + 1 - first
        putChunk(db, { ...chunk, first: end + 1, before: sum, inputs: inputs.slice(gone), texts: texts.slice(gone) })
      }
      db.prepare('DELETE FROM snapshots WHERE seq < ?').run(end)
      unmark(db, end)
      changeMeta(db, { base: end, base_sum: sum })
    })
    yield { rows: end + 1 - first, bytes: inputs.slice(0, end + 1 - first).join().length }
  }
}
