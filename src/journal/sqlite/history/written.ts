/** The messages of an author, in the order of the indexes by author. So each page reads only its own rows. */
import type { MemberId } from '../../../model/input.ts'
import type { Written } from '../../../port/history.ts'
import type { Database } from '../file/sqlite.ts'

type Row = Omit<Written, 'isErased'> & { readonly isErased: number }

const PAGE = `SELECT seq, room, peer AS other,
  seq <= (SELECT forgotten FROM meta) OR EXISTS (SELECT 1 FROM erased WHERE erased.seq = messages.seq) AS isErased
  FROM messages`

/** Rooms in the order of their names, and then the direct messages. */
export function writtenBy(db: Database, author: MemberId, after: Written | null, limit: number): readonly Written[] {
  const rooms = after && after.room === null ? [] : inRooms(db, author, after, limit)
  const rest = limit - rooms.length
  return rest === 0 ? rooms : [...rooms, ...direct(db, author, after?.room === null ? after.seq : 0, rest)]
}

function inRooms(db: Database, author: MemberId, after: Written | null, limit: number): readonly Written[] {
  const sql = `${PAGE} WHERE author = ? AND room NOT NULL AND (room, seq) > (?, ?) ORDER BY room, seq LIMIT ?`
  return written(db.prepare(sql).all(author, after?.room ?? '', after?.seq ?? 0, limit))
}

const direct = (db: Database, author: MemberId, after: number, limit: number): readonly Written[] =>
  written(
    db.prepare(`${PAGE} WHERE author = ? AND peer NOT NULL AND seq > ? ORDER BY seq LIMIT ?`).all(author, after, limit),
  )

const written = (rows: readonly unknown[]): readonly Written[] =>
  (rows as readonly Row[]).map(({ seq, room, other, isErased }) => ({ seq, room, other, isErased: isErased === 1 }))
