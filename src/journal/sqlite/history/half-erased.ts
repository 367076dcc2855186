/** Finds deleted messages of which a text is still there: that of an edit, or a piece of output, that met the deletion. */
import { NOTHING, type Piece } from '../../pieces.ts'
import { type Database, statementOf } from '../file/sqlite.ts'
import { isDeletedRow } from './past.ts'

/** Edits that are looked at in one piece, in their own index; and live messages. */
const LOOKED = 1000

const isThere = (place: string): string => `NOT EXISTS (SELECT 1 FROM erased WHERE erased.seq = ${place})`

const edits = statementOf(
  `SELECT text_at, seq, ${isDeletedRow('messages')} AND ${isThere('text_at')}
   FROM messages INDEXED BY messages_edited WHERE text_at > ? ORDER BY text_at LIMIT ${LOOKED}`,
)
const nextLive = statementOf('SELECT message FROM pieces WHERE message > ? ORDER BY message LIMIT 1')
const isLeft = statementOf(
  `SELECT EXISTS (SELECT 1 FROM messages WHERE seq = ?1 AND ${isDeletedRow('messages')})
     AND EXISTS (SELECT 1 FROM pieces WHERE message = ?1 AND ${isThere('pieces.seq')})`,
)

export function* halfErasedIn(db: Database): Generator<Piece, readonly number[]> {
  const found = new Set<number>()
  for (let after = 0; db.isOpen; ) {
    const rows = edits(db).all(after) as unknown as readonly (readonly [place: number, seq: number, isLeft: number])[]
    for (const [, seq, isOne] of rows) if (isOne === 1) found.add(seq)
    after = rows.at(-1)?.[0] ?? after
    if (rows.length < LOOKED) break
    yield NOTHING
  }
  for (let [live, looked] = [0, 0]; db.isOpen; looked++) {
    const [next] = (nextLive(db).get(live) ?? []) as unknown as readonly number[]
    if (next === undefined) break
    const [isOne] = isLeft(db).get(next) as unknown as readonly number[]
    if (isOne === 1) found.add(next)
    live = next
    if (looked % LOOKED === LOOKED - 1) yield NOTHING
  }
  return [...found]
}
