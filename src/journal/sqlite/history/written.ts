/**
 * The messages of an author: room by room from the index that serves the pages of rooms, a stretch of it at a time, and
 * then the direct ones.
 */
import type { MemberId } from '../../../model/input.ts'
import type { Written } from '../../../port/history.ts'
import { NOTHING, type Piece } from '../../pieces.ts'
import type { Database } from '../file/sqlite.ts'
import { isErased } from './past.ts'

/** Entries of the index that are looked at in one piece. SQLite does that in a millisecond. */
const LOOKED = 10_000

type Row = Omit<Written, 'isErased'> & { readonly isErased: number }
type Place = { readonly room: string; readonly seq: number }

const IS_ERASED = `seq <= (SELECT forgotten FROM meta) OR ${isErased('found')} AS isErased`

/** Rooms in the order of their names, and then the direct messages. */
export function* writtenBy(
  db: Database,
  author: MemberId,
  after: Written | null,
  limit: number,
): Generator<Piece, readonly Written[]> {
  if (after?.room === null) return direct(db, author, after.seq, limit)
  const rooms = yield* inRooms(db, author, { room: after?.room ?? '', seq: after?.seq ?? 0 }, limit)
  const rest = limit - rooms.length
  return rest === 0 || !db.isOpen ? rooms : [...rooms, ...direct(db, author, 0, rest)]
}

/** The entries of the index after room ?1 and place ?2 in it. */
const AFTER = `SELECT room, seq, author FROM messages INDEXED BY messages_room
  WHERE room NOT NULL AND (room, seq) > (?1, ?2) ORDER BY room, seq`
const END = `${AFTER} LIMIT 1 OFFSET ${LOOKED - 1}`
const STRETCH = `SELECT seq, room, NULL AS other, ${IS_ERASED} FROM (${AFTER} LIMIT ${LOOKED}) AS found
  WHERE author = ?3 LIMIT ?4`

function* inRooms(db: Database, author: MemberId, begin: Place, limit: number): Generator<Piece, readonly Written[]> {
  const found: Written[] = []
  for (let at: Place | undefined = begin; at && found.length < limit && db.isOpen; ) {
    const end = db.prepare(END).get(at.room, at.seq) as Place | undefined
    found.push(...written(db.prepare(STRETCH).all(at.room, at.seq, author, limit - found.length)))
    at = end
    if (at) yield NOTHING
  }
  return found
}

const DIRECT = `SELECT seq, NULL AS room, peer AS other, ${IS_ERASED} FROM messages AS found
  WHERE author = ? AND peer NOT NULL AND seq > ? ORDER BY seq LIMIT ?`

const direct = (db: Database, author: MemberId, after: number, limit: number): readonly Written[] =>
  written(db.prepare(DIRECT).all(author, after, limit))

const written = (rows: readonly unknown[]): readonly Written[] =>
  (rows as readonly Row[]).map(({ isErased: erased, ...row }) => ({ ...row, isErased: erased === 1 }))
