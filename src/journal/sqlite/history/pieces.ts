/** The places of the pieces of live messages: their texts are beside their inputs. */
import type { Piece } from '../../../model/message/live.ts'
import type { PendingChanges } from '../../pending-changes.ts'
import { type Database, statementOf } from '../file/sqlite.ts'

type Row = readonly [seq: number, start: number, size: number]

const stored = statementOf('SELECT seq, start, size FROM pieces WHERE message = ? ORDER BY start, seq')
const put = statementOf('INSERT OR REPLACE INTO pieces (message, start, seq, size) VALUES (?, ?, ?, ?)')
const later = statementOf('SELECT seq FROM pieces WHERE message <= ?1 AND seq > ?1')
const dropped = statementOf('DELETE FROM pieces WHERE message <= ?')

/** The pieces of a message, stored or not, in order. */
export function piecesOf(db: Database, message: number, changes: Pick<PendingChanges, 'piecesOf'>): readonly Piece[] {
  const rows = stored(db).all(message) as unknown as readonly Row[]
  return [...rows.map(([seq, offset, size]) => ({ seq, offset, size })), ...changes.piecesOf(message)]
}

/** Within a transaction. */
export const putPiece = (db: Database, message: number, { seq, offset, size }: Piece): void => {
  put(db).run(message, offset, seq, size)
}

/** The inputs after `until` with pieces of messages up to it. */
export const piecesBeyond = (db: Database, until: number): readonly number[] =>
  (later(db).all(until) as unknown as readonly (readonly [seq: number])[]).map(([seq]) => seq)

/** Messages up to `until` are forgotten. Within a transaction. */
export const forgetPieces = (db: Database, until: number): void => {
  dropped(db).run(until)
}
