/** Questions to the stored past. Whatever comes out is checked: a message that is damaged is shown to nobody. */
import type { MemberId } from '../../model/input.ts'
import type { Message } from '../../model/message.ts'
import type { Page, Part, Range, Sight } from '../../port/history.ts'
import { DataError } from '../data-error.ts'
import { sumOf, sumOfText } from './checksum.ts'
import { matching } from './matching.ts'
import type { Database } from './sqlite.ts'

export type Recorded = Omit<Message, 'text'>

/** Messages among which the latest of an author is looked for. */
const RECENT = 10_000

type Row = {
  readonly seq: number
  readonly at: number
  readonly room: string | null
  readonly sender: string
  readonly author: string
  readonly recipient: string | null
  readonly peer: string | null
  readonly action: number
  readonly sum: number
  readonly text: string | null
  readonly textSum: number | null
}

const SELECT = `SELECT messages.*, text, texts.sum AS textSum FROM messages LEFT JOIN texts USING (seq)`

/** Runs a query for messages. */
export type Rows = (sql: string, ...values: readonly (string | number | null)[]) => readonly Message[]

/** `what` names the file in what goes wrong. */
export const rowsOf =
  (db: Database, what: string): Rows =>
  (sql, ...values) =>
    (db.prepare(sql).all(...values) as Row[]).map(row => toMessage(row, what))

export const messageAt = (rows: Rows, seq: number): Message | null => rows(`${SELECT} WHERE seq = ?`, seq)[0] ?? null

/** Null `room`: in any. Only among the latest of all. */
export function latestBy(rows: Rows, author: MemberId, room: string | null): Message | null {
  const [message = null] = rows(
    `${SELECT} WHERE seq IN (SELECT seq FROM messages ORDER BY seq DESC LIMIT ${RECENT})
     AND author = ?1 AND (?2 IS NULL OR room = ?2) AND text NOT NULL ORDER BY seq DESC LIMIT 1`,
    author,
    room,
  )
  return message
}

export const search = (rows: Rows, words: string, sight: Sight, before: number, limit: number): Page =>
  latest(found(rows, words, sight, before, limit + 1), limit)

export function pageOf(rows: Rows, part: Part, range: Range, limit: number): Page {
  const [where, key] = partly(part)
  if ('before' in range) {
    return latest(
      rows(`${SELECT} WHERE ${where} AND seq < ?2 ORDER BY seq DESC LIMIT ?3`, key, range.before, limit + 1),
      limit,
    )
  }
  const [from, value] = 'after' in range ? ['seq > ?2', range.after] : ['at >= ?2', range.since]
  const messages = rows(`${SELECT} WHERE ${where} AND ${from} ORDER BY seq LIMIT ?3`, key, value, limit + 1)
  return { messages: messages.slice(0, limit), more: messages.length > limit }
}

/** Looks at no more than it counts, and at no text. */
export function countOf(db: Database, part: Part, after: number, most: number): number {
  const [where, key] = partly(part)
  const counted = db.prepare(
    `SELECT count(*) AS count FROM (SELECT 1 FROM messages WHERE ${where} AND seq > ?2 LIMIT ?3)`,
  )
  return (counted.get(key, after, most) as { readonly count: number }).count
}

/** The condition that tells a part, and its `?1`. */
const partly = (part: Part): readonly [string, string] =>
  'room' in part ? ['room = ?1', part.room] : ['(author = ?1 OR peer = ?1) AND peer NOT NULL', part.direct]

/** Found from the latest on, one more than asked for if there are more. */
const latest = (found: readonly Message[], limit: number): Page => ({
  messages: found.slice(0, limit).reverse(),
  more: found.length > limit,
})

function found(rows: Rows, words: string, { rooms, member }: Sight, before: number, limit: number): readonly Message[] {
  const match = matching(words)
  if (!match) return []
  const seen = `(CASE WHEN ?3 IS NULL THEN room NOT NULL ELSE room IN (SELECT value FROM json_each(?3)) END
    OR (peer NOT NULL AND ?4 IN (author, peer)))`
  return rows(
    `${SELECT} WHERE seq IN (${match.candidates}) AND text NOT NULL AND ${seen} ORDER BY seq DESC LIMIT ?5`,
    match.pattern,
    before,
    rooms === 'all' ? null : JSON.stringify(rooms),
    member,
    limit,
  )
}

export const sumOfMessage = ({ seq, at, room, from, author, to, other, action }: Recorded): number =>
  sumOf(seq, at, room, from, author, to, other, action ? 1 : 0)

function toMessage(row: Row, what: string): Message {
  const { seq, at, room, sender: from, author, recipient: to, peer: other, text } = row
  const message = { seq, at, room, from, to, action: row.action === 1, author, other }
  const isWhole = row.sum === sumOfMessage(message) && (text === null || row.textSum === sumOfText(seq, text))
  if (isWhole) return { ...message, text }
  throw new DataError(
    `${what}: message ${seq} is damaged. Make the history anew with \`rxchat-server reindex\`, or restore a backup.`,
  )
}
