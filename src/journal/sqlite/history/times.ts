/**
 * Finds messages by their time. A row stands for up to TIMED_MESSAGES stored messages that follow one another, with the
 * earliest and the latest of their times. Time hardly ever runs back, so few of them have to be looked into.
 */
import { TIMED_MESSAGES } from '../../../model/limits.ts'
import type { Timed } from '../../memory-history.ts'
import type { Piece } from '../../pieces.ts'
import type { Recorded } from '../../recorded.ts'
import { type Database, statementOf, transaction } from '../file/sqlite.ts'

/** Rows around a time that are looked into: more than one only if a clock was ahead, or behind. */
const NEAR = 8

const BEFORE = `SELECT first, last FROM times WHERE earliest < ?1 ORDER BY earliest DESC LIMIT ${NEAR}`
const AFTER = 'SELECT first, last FROM times WHERE earliest >= ?1 ORDER BY earliest LIMIT 1'
const WITHIN = 'CROSS JOIN messages ON messages.seq BETWEEN near.first AND near.last'

const firstFrom = statementOf(
  `SELECT messages.seq, at FROM (SELECT * FROM (${BEFORE}) UNION ALL SELECT * FROM (${AFTER})) AS near
   ${WITHIN} WHERE at >= ?1 ORDER BY at, messages.seq LIMIT 1`,
)

/** The message with the earliest time that isn't before `time`; null: there is none. */
export function earliestFrom(db: Database, time: number): Timed | null {
  const [seq, at] = (firstFrom(db).get(time) ?? []) as unknown as readonly number[]
  return seq === undefined || at === undefined ? null : { seq, at }
}

const latestBefore = statementOf(
  `SELECT messages.seq FROM (${BEFORE}) AS near ${WITHIN} WHERE at < ?1
   ORDER BY at DESC, messages.seq DESC LIMIT 1`,
)

/** The message with the latest time before `at`; 0: none. Time never runs back by much, so it's about the last older one. */
export function olderThan(db: Database, at: number): number {
  const [seq = 0] = (latestBefore(db).get(at) ?? []) as unknown as readonly number[]
  return seq
}

type Row = [first: number, last: number, messages: number, earliest: number, latest: number]

const latestRow = statementOf('SELECT first, last, messages, earliest, latest FROM times ORDER BY first DESC LIMIT 1')
const put = statementOf('INSERT OR REPLACE INTO times VALUES (?, ?, ?, ?, ?)')

/** Adds messages that are later than all others. Within a transaction. */
export function addTimes(db: Database, messages: readonly Pick<Recorded, 'seq' | 'at'>[]): void {
  let row = latestRow(db).get() as unknown as Row | undefined
  for (const { seq, at } of messages) {
    if (row && row[2] < TIMED_MESSAGES) {
      const [first, , count, earliest, latest]: Row = row
      row = [first, seq, count + 1, Math.min(earliest, at), Math.max(latest, at)]
      continue
    }
    if (row) put(db).run(...row)
    row = [seq, seq, 1, at, at]
  }
  if (row) put(db).run(...row)
}

const oldRow = statementOf(
  'SELECT first, last FROM times WHERE first > ?1 AND first <= ?2 AND earliest < ?3 ORDER BY first LIMIT 1',
)
const dropMessages = statementOf('DELETE FROM messages WHERE seq BETWEEN ? AND ? AND at < ?')
const isEmpty = 'NOT EXISTS (SELECT 1 FROM messages WHERE seq BETWEEN first AND last)'
const dropRow = statementOf(`DELETE FROM times WHERE first = ? AND ${isEmpty}`)
const changeRow = statementOf(`UPDATE times SET (messages, earliest, latest) =
  (SELECT count(*), min(at), max(at) FROM messages WHERE seq BETWEEN first AND last) WHERE first = ?`)

/** Deletes messages up to input `upTo` that are older than `at`, a row at a time. */
export function* dropOlder(db: Database, at: number, upTo: number): Generator<Piece> {
  for (let after = -1; ; ) {
    const row = oldRow(db).get(after, upTo, at) as unknown as readonly [first: number, last: number] | undefined
    if (!row) return
    const [first, last] = row
    const { changes } = transaction(db, () => {
      const dropped = dropMessages(db).run(first, Math.min(last, upTo), at)
      dropRow(db).run(first)
      changeRow(db).run(first)
      return dropped
    })
    after = first
    yield { rows: Number(changes), bytes: 0 }
  }
}
