/**
 * Counts of unread messages, and the list of direct conversations. A count is read from an index and no further than
 * its bound. Whether a text was erased is looked up in the small table of erased texts.
 */
import type { MemberId } from '../../../model/input.ts'
import { UNREAD_LOOKED } from '../../../model/limits.ts'
import type { Place } from '../../../model/state/reads.ts'
import type { After, Correspondence, Unread } from '../../../port/history.ts'
import type { Recorded } from '../../recorded.ts'
import type { Database } from '../file/sqlite.ts'
import { isGone, type MessageQuery, messageAt } from './past.ts'

type Asked = {
  readonly reader: MemberId
  readonly place: Place
  readonly since: After
  readonly most: number
  readonly ignored?: readonly MemberId[] | undefined
  /** Messages that are left out. */
  readonly but?: readonly number[]
}

export function unreadIn(db: Database, asked: Asked): Unread {
  const { reader, place, ignored = [] } = asked
  if ('with' in place) {
    const isCounted = place.with !== reader && !ignored.includes(place.with)
    const unread = isCounted ? counted(db, DIRECT, place.with, { ...asked, ignored: [] }) : 0
    return { unread, mentions: unread }
  }
  const [all, mentioning] = ignored.length === 0 ? [IN_ROOM, MENTIONING] : [IN_ROOM_BUT, MENTIONING_BUT]
  const unread = counted(db, all, place.room, asked)
  return { unread, mentions: unread === 0 ? 0 : counted(db, mentioning, place.room, asked) }
}

function counted(
  db: Database,
  sql: string,
  place: string,
  { reader, since, most, ignored = [], but = [] }: Asked,
): number {
  const bounds = [place, reader, since.after, most, since.upTo ?? Number.MAX_SAFE_INTEGER]
  const all = ignored.length === 0 ? bounds : [...bounds, JSON.stringify(ignored)]
  if (but.length === 0) return (db.prepare(sql).get(...all) as { readonly count: number }).count
  const left = db.prepare(sql.replace(END, `AND seq NOT IN (SELECT value FROM json_each(?7)) ${END}`))
  return (left.get(...bounds, JSON.stringify(ignored), JSON.stringify(but)) as { readonly count: number }).count
}

const END = 'LIMIT ?4)'
const AFTER = 'seq > max(?3, (SELECT forgotten FROM meta)) AND seq <= ?5 ORDER BY seq DESC'

/**
 * Counts the rows of `from`, at most ?4, that aren't by the reader, nor by authors that `but` excludes, and that
 * aren't deleted.
 */
const count = (from: string, but = ''): string =>
  `SELECT count(*) AS count FROM (
     SELECT 1 FROM (${from} ${AFTER} LIMIT ${UNREAD_LOOKED}) AS found
     WHERE author IS NOT ?2 ${but} AND NOT ${isGone('found')} ${END}`

/** The authors that the reader ignores, ?6, a list as JSON. */
const BUT = 'AND author NOT IN (SELECT value FROM json_each(?6))'

const ROOM = 'SELECT seq, author FROM messages INDEXED BY messages_room WHERE room = ?1 AND'
const IN_ROOM = count(ROOM)
const IN_ROOM_BUT = count(ROOM, BUT)
const DIRECT = count(
  'SELECT seq, author FROM messages INDEXED BY messages_pair WHERE author = ?1 AND peer = ?2 AND peer NOT NULL AND',
)
const mentions = (author: string): string =>
  `SELECT seq, ${author} AS author FROM mentions WHERE room = ?1 AND member = ?2 AND`
const MENTIONING = count(mentions('NULL'))
const MENTIONING_BUT = count(mentions('(SELECT author FROM messages WHERE messages.seq = mentions.seq)'), BUT)

/** The name is that of the latest message, which is read and checked. */
export function correspondenceOf(
  db: Database,
  rows: MessageQuery,
  member: MemberId,
  limit: number,
): readonly Correspondence[] {
  const found = db
    .prepare(
      `SELECT other, seq FROM correspondence WHERE member = ? AND seq > (SELECT forgotten FROM meta)
       ORDER BY seq DESC LIMIT ?`,
    )
    .all(member, limit) as { readonly other: MemberId; readonly seq: number }[]
  return found.flatMap(({ other, seq }) => {
    const message = messageAt(rows, seq)
    return message ? { other, seq, name: nameOf(message, other) } : []
  })
}

/** The name of `other`, one of the two parties, in a direct message. */
const nameOf = ({ author, from, to }: Pick<Recorded, 'author' | 'from' | 'to'>, other: MemberId): string =>
  author === other ? from : (to ?? '')

/** Adds the mentions and the two conversations of a message to their indexes. A text doesn't mention its own author. */
export function indexing(db: Database): (message: Recorded) => void {
  const mention = db.prepare('INSERT OR IGNORE INTO mentions VALUES (?, ?, ?)')
  const converse = db.prepare(
    'INSERT INTO correspondence VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)',
  )
  return ({ seq, room, author, other, mentions }) => {
    if (room !== null) {
      for (const member of mentions) if (member !== author) mention.run(member, room, seq)
    } else if (other !== null && other !== author) {
      converse.run(author, other, seq)
      converse.run(other, author, seq)
    }
  }
}

/** Removes these messages from the indexes, since they are forgotten. To be called before the messages change. */
export function unindex(db: Database, after: number, upTo: number): void {
  db.prepare(
    `DELETE FROM mentions WHERE (member, room, seq) IN
       (SELECT value, room, seq FROM messages, json_each(mentions) WHERE seq > ? AND seq <= ? AND mentions NOT NULL)`,
  ).run(after, upTo)
  db.prepare('DELETE FROM correspondence WHERE seq > ? AND seq <= ?').run(after, upTo)
}
