/** Questions to the stored past. Whatever comes out is checked: a message that is damaged is shown to nobody. */
import type { MemberId } from '../../model/input.ts'
import type { Message } from '../../model/message.ts'
import type { Page, Part, Range, Sight } from '../../port/history.ts'
import { DataError } from '../data-error.ts'
import { sumOf, sumOfText } from './checksum.ts'
import { matching } from './matching.ts'
import { readMeta } from './meta.ts'
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

export const SELECT = `SELECT messages.*, text, texts.sum AS textSum FROM messages LEFT JOIN texts USING (seq)`

/** Runs a query for messages. */
export type Rows = (sql: string, ...values: readonly (string | number | null)[]) => readonly Message[]

/** `what` names the file in what goes wrong. */
export const rowsOf =
  (db: Database, what: string): Rows =>
  (sql, ...values) =>
    (db.prepare(sql).all(...values) as Row[]).map(row => toMessage(db, row, what))

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
  const key = keyOf(part)
  if ('before' in range) {
    const seqs = seqsOf(part, 'seq < ?2', 'DESC')
    return latest(rows(`${SELECT} WHERE seq IN (${seqs}) ORDER BY seq DESC`, key, range.before, limit + 1), limit)
  }
  const [from, value] = 'after' in range ? ['seq > ?2', range.after] : [SINCE, range.since]
  const messages = rows(`${SELECT} WHERE seq IN (${seqsOf(part, from, 'ASC')}) ORDER BY seq`, key, value, limit + 1)
  return { messages: messages.slice(0, limit), more: messages.length > limit }
}

/** Looks at no more than it counts, and at no text. */
export function countOf(db: Database, part: Part, after: number, most: number): number {
  const counted = db.prepare(`SELECT count(*) AS count FROM (${seqsOf(part, 'seq > ?2', 'ASC')})`)
  return (counted.get(keyOf(part), after, most) as { readonly count: number }).count
}

/** Time never runs backwards, so the first message of a time is the first of all from then on. */
const SINCE = 'seq >= (SELECT seq FROM messages WHERE at >= ?2 ORDER BY at LIMIT 1)'

const keyOf = (part: Part): string => ('room' in part ? part.room : 'direct' in part ? part.direct : '')

/**
 * At most `?3` messages of part `?1`, by its own index and no further: what was said to one alone is in two of them, which
 * SQLite merges. With one condition for both it would look at everything that anybody has said since.
 */
const seqsOf = (part: Part, where: string, order: 'ASC' | 'DESC'): string =>
  'everywhere' in part
    ? `SELECT seq FROM messages WHERE room NOT NULL AND ${where} ORDER BY seq ${order} LIMIT ?3`
    : 'room' in part
      ? `SELECT seq FROM messages WHERE room = ?1 AND ${where} ORDER BY seq ${order} LIMIT ?3`
      : `SELECT seq FROM messages WHERE author = ?1 AND peer NOT NULL AND ${where}
       UNION SELECT seq FROM messages WHERE peer = ?1 AND ${where} ORDER BY seq ${order} LIMIT ?3`

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

function toMessage(db: Database, row: Row, what: string): Message {
  const { seq, at, room, sender: from, author, recipient: to, peer: other, text } = row
  const message = { seq, at, room, from, to, action: row.action === 1, author, other }
  if (row.sum === sumOfMessage(message) && isWholeText(db, row)) return { ...message, text }
  throw new DataError(
    `${what}: message ${seq} is damaged. Make the history anew with \`rxchat-server reindex\`, or restore a backup.`,
  )
}

/** One that was erased has a checksum still: where there is none, it is lost, or was forgotten meanwhile. */
function isWholeText(db: Database, { seq, text, textSum }: Pick<Row, 'seq' | 'text' | 'textSum'>): boolean {
  if (textSum === null) return seq <= readMeta(db).forgotten
  return textSum === (text === null ? sumOf(seq, null) : sumOfText(seq, text))
}

/** The text of an input that is no stored message yet. */
export function textAt(db: Database, what: string, seq: number): string | null {
  const row = db.prepare('SELECT text, sum AS textSum FROM texts WHERE seq = ?').get(seq) as
    | Pick<Row, 'text' | 'textSum'>
    | undefined
  const { text, textSum } = row ?? { text: null, textSum: null }
  if (isWholeText(db, { seq, text, textSum })) return text
  throw new DataError(`${what}: message ${seq} is damaged. Restore a backup.`)
}
