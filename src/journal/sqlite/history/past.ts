/** Queries of the stored history. Every result is checked: a damaged message is never shown. */
import type { MemberId } from '../../../model/input.ts'
import { LATEST_LOOKED } from '../../../model/limits.ts'
import type { LiveView } from '../../../model/message/live.ts'
import type { Message } from '../../../model/message/message.ts'
import type { After, HistoryPage, HistoryRange, Part } from '../../../port/history.ts'
import { firstOf, latestOf } from '../../bounded.ts'
import { DataError } from '../../data-error.ts'
import { liveViewOf } from '../../output.ts'
import type { PendingChanges } from '../../pending-changes.ts'
import { type Recorded, withText } from '../../recorded.ts'
import type { Database } from '../file/sqlite.ts'
import { type TextReader, textReader } from '../texts.ts'
import { piecesOf } from './pieces.ts'
import { type MessageRow, messageIn } from './rows.ts'

/** Changes of stored messages that aren't stored yet. */
export type Unstored = {
  readonly changes: Pick<PendingChanges, 'size' | 'targets' | 'has' | 'revised' | 'piecesOf'>
  /** The text of an input, also of one that isn't stored yet. */
  readonly textOf: (seq: number) => string | null
}

/** Messages up to here have only their places left, to be counted (erasure.ts). */
const FORGOTTEN = '(SELECT forgotten FROM meta)'
const KEPT = `seq > ${FORGOTTEN}`

const SELECT = 'SELECT * FROM messages'

/**
 * Whether the text of a row with `seq` is erased, as SQL. The earlier texts of an edited message are erased: so only
 * then the input of its text now is looked up.
 */
export const isErased = (row: string): string => erasedUnless(row, '')

/** Whether a row is of a deleted message, as SQL: a number. Strings in `life` have their quotes escaped. */
export const isDeletedRow = (row: string): string => `(instr(coalesce(${row}.life, ''), '"deleted":true') > 0)`

/**
 * Whether a row with `seq` has nothing to show: it's erased, or it's deleted and the text of an edit that met the
 * deletion is still there.
 */
export const isGone = (row: string): string => erasedUnless(row, `AND NOT ${isDeletedRow('edited')}`)

const erasedUnless = (row: string, isShown: string): string =>
  `EXISTS (SELECT 1 FROM erased WHERE erased.seq = ${row}.seq AND NOT EXISTS
     (SELECT 1 FROM messages AS edited WHERE edited.seq = erased.seq AND edited.text_at NOT NULL ${isShown}
      AND NOT EXISTS (SELECT 1 FROM erased AS gone WHERE gone.seq = edited.text_at)))`

/** Runs a query for messages, which are read one by one as they're taken. */
export type MessageQuery = (sql: string, ...values: readonly (string | number | null)[]) => Iterable<Message>

/** `what` names the file in errors. */
export const rowsOf = (db: Database, what: string, unstored: Unstored): MessageQuery =>
  function* (sql, ...values) {
    const textOf = textReader(db)
    for (const row of db.prepare(sql).iterate(...values) as Iterable<MessageRow>)
      yield toMessage(db, row, textOf, unstored, what)
  }

export const messageAt = (rows: MessageQuery, seq: number): Message | null =>
  first(rows(`${SELECT} WHERE seq = ? AND ${KEPT}`, seq))

function first(messages: Iterable<Message>): Message | null {
  for (const message of messages) return message
  return null
}

/** The latest message of this member among the latest LATEST_LOOKED of a room, deleted ones apart. */
export const latestBy = (rows: MessageQuery, author: MemberId, room: string): Message | null =>
  first(
    rows(
      `${SELECT} WHERE seq = (SELECT seq FROM
         (SELECT seq, author FROM messages INDEXED BY messages_room WHERE room = ?2 AND ${KEPT}
          ORDER BY seq DESC LIMIT ${LATEST_LOOKED}) AS found
       WHERE author = ?1 AND NOT ${isGone('found')} ORDER BY seq DESC LIMIT 1)`,
      author,
      room,
    ),
  )

export function pageOf(
  rows: MessageQuery,
  part: Part,
  range: Exclude<HistoryRange, { since: number }>,
  limit: number,
): HistoryPage {
  const key = keyOf(part)
  if ('before' in range) {
    const seqs = seqsOf(part, `seq < ?2 AND ${KEPT}`, 'DESC')
    return latestOf(rows(`${SELECT} WHERE seq IN (${seqs}) ORDER BY seq DESC`, key, range.before, limit + 1), limit)
  }
  const seqs = seqsOf(part, `seq > max(?2, ${FORGOTTEN}) AND seq <= ?4`, 'ASC')
  return firstOf(rows(`${SELECT} WHERE seq IN (${seqs}) ORDER BY seq`, key, ...ends(range, limit + 1)), limit)
}

/** Reads at most `most` rows, and no texts. Forgotten messages count as long as their places are kept. */
export function countOf(db: Database, part: Part, since: After, most: number): number {
  const counted = db.prepare(`SELECT count(*) AS count FROM (${seqsOf(part, AFTER, 'ASC')})`)
  return (counted.get(keyOf(part), ...ends(since, most)) as { readonly count: number }).count
}

const AFTER = 'seq > ?2 AND seq <= ?4'
const ends = ({ after, upTo = Number.MAX_SAFE_INTEGER }: After, most: number) => [after, most, upTo] as const

/** ?1 of `seqsOf`. The two members of a conversation are one value, as JSON. */
function keyOf(part: Part): string {
  if ('room' in part) return part.room
  if ('everywhere' in part) return ''
  return part.with === undefined ? part.direct : JSON.stringify([part.direct, part.with])
}

/**
 * At most `?3` messages of part `?1`, read from its own index and no further. Direct messages are in two indexes, which
 * SQLite merges. With one condition for both, it would read all later messages of everybody.
 */
const seqsOf = (part: Part, where: string, order: 'ASC' | 'DESC'): string =>
  indexOf(part)
    .map(rows => `SELECT seq FROM messages WHERE ${rows} AND ${where}`)
    .join(' UNION ')
    .concat(` ORDER BY seq ${order} LIMIT ?3`)

function indexOf(part: Part): readonly string[] {
  if ('room' in part) return ['room = ?1']
  if ('everywhere' in part) return ['room NOT NULL']
  if (part.with === undefined) return ['author = ?1 AND peer NOT NULL', 'peer = ?1']
  return ['author = ?1 ->> 0 AND peer = ?1 ->> 1', 'author = ?1 ->> 1 AND peer = ?1 ->> 0']
}

function toMessage(db: Database, row: MessageRow, textOf: TextReader, unstored: Unstored, what: string): Message {
  const { changes, textOf: latest } = unstored
  const stored = undamaged(row, what)
  const message = changes.revised(stored)
  const { seq, textAt = seq } = message
  // An input that is not stored yet has the text, or the one that it's stored with.
  const output = (): LiveView => liveViewOf(piecesOf(db, seq, changes), latest, message.live?.end)
  if (message !== stored) return withText(message, latest(textAt), output)
  try {
    return withText(message, textOf(textAt), output)
  } catch {
    throw damaged(seq, what)
  }
}

/** The stored messages that have changed since, as they are by now. */
export const revisedIn = (db: Database, what: string, { changes }: Unstored): readonly Recorded[] =>
  changes.size === 0 ? [] : [...changes.targets].flatMap(seq => recordedAt(db, what, seq, changes) ?? [])

/** The message as it is by now; null: none is stored. */
export function recordedAt(
  db: Database,
  what: string,
  seq: number,
  changes: Pick<PendingChanges, 'revised'>,
): Recorded | null {
  const row = db.prepare(`${SELECT} WHERE seq = ? AND ${KEPT}`).get(seq) as MessageRow | undefined
  return row ? changes.revised(undamaged(row, what)) : null
}

function undamaged(row: MessageRow, what: string): Recorded {
  const message = messageIn(row)
  if (!message) throw damaged(row.seq, what)
  return message
}

const damaged = (seq: number, what: string): DataError =>
  new DataError(
    `${what}: message ${seq} is damaged. Make the history anew with \`rxchat-server reindex\`, or restore a backup.`,
  )

/** The text of an input whose message isn't stored yet. */
export function textAt(db: Database, what: string, seq: number): string | null {
  try {
    return textReader(db)(seq)
  } catch {
    throw new DataError(`${what}: message ${seq} is damaged. Restore a backup.`)
  }
}
