/**
 * Reads of stored messages. Messages that have changed since are given as they are by now: `unstored` has these
 * changes, few if any.
 */

import type { Piece as LivePiece } from '../../../model/message/live.ts'
import { from, memoryHistory } from '../../memory-history.ts'
import { NO_OUTPUT, outputIn } from '../../output.ts'
import { inPieces, NOTHING, type Piece } from '../../pieces.ts'
import { textPlacesOf } from '../../recorded.ts'
import { type Database, statementOf } from '../file/sqlite.ts'
import { countOf, latestBy, messageAt, pageOf, recordedAt, revisedIn, rowsOf, type Unstored } from './past.ts'
import { piecesBeyond, piecesOf } from './pieces.ts'
import { earliestFrom } from './times.ts'
import { correspondenceOf, unreadIn } from './unread.ts'
import { both, type HistoryQueries } from './unstored.ts'
import { finding } from './words/search.ts'
import { writtenBy } from './written.ts'

/** `what` names the file in errors. */
export function storedIn(db: Database, what: string, unstored: Unstored): HistoryQueries {
  const { changes, textOf } = unstored
  const pieces = (seq: number): readonly LivePiece[] => piecesOf(db, seq, changes)
  const rows = rowsOf(db, what, unstored)
  const isDeleted = (seq: number): boolean => recordedAt(db, what, seq, changes)?.deleted === true
  /** Whether the text of the message is on the disk, also if it's shown to nobody. */
  function hasText(seq: number): boolean {
    const message = recordedAt(db, what, seq, changes)
    return message !== null && textOf(message.textAt ?? seq) !== null
  }
  /** The changed messages alone. */
  const revised = () => memoryHistory(textOf, { messages: revisedIn(db, what, unstored), seq: 0, piecesOf: pieces })
  return {
    page: (part, range, limit) =>
      pageOf(rows, part, 'since' in range ? from(earliestFrom(db, range.since)) : range, limit),
    earliest: time => earliestFrom(db, time),
    count: (part, after, most) => countOf(db, part, after, most),
    unread(reader, place, since, most, ignored) {
      const asked = { reader, place, since, most, ignored }
      if (changes.size === 0) return unreadIn(db, asked)
      const rest = unreadIn(db, { ...asked, but: [...changes.targets] })
      return both(rest, revised().unread(reader, place, since, most, ignored), most)
    },
    correspondence: (member, limit) => correspondenceOf(db, rows, member, limit),
    search: (words, sight, before, limit) =>
      inPieces(finding(db, { words, sight, before, limit }, seq => messageAt(rows, seq), changes)),
    find: seq => messageAt(rows, seq),
    isDeleted,
    textPlaces(seq) {
      const message = recordedAt(db, what, seq, changes)
      return message ? textPlacesOf(message, message.live ? pieces(seq) : []) : [seq]
    },
    output: (seq, begin, most) => (isDeleted(seq) ? NO_OUTPUT : outputIn(pieces(seq), textOf, begin, most)),
    latestBy(author, room) {
      const found = latestBy(rows, author, room)
      const changed = changes.size === 0 ? null : revised().latestBy(author, room)
      return changed && changed.seq > (found?.seq ?? 0) ? changed : found
    },
    async writtenBy(author, after, limit) {
      const written = await inPieces(writtenBy(db, author, after, limit))
      if (changes.size === 0) return written
      return written.map(one => (changes.has(one.seq) ? { ...one, isErased: !hasText(one.seq) } : one))
    },
    async editsBeyond(until) {
      const more = await revised().editsBeyond(until)
      const isStored = (seq: number): boolean => !changes.has(seq)
      const edits = await inPieces(editsBeyond(db, until, isStored))
      return [...new Set([...edits, ...piecesBeyond(db, until), ...more])]
    },
  }
}

/** Edits that are looked at in one piece, in their own index. */
const LOOKED = 5000

const edits = statementOf(
  `SELECT text_at, seq FROM messages INDEXED BY messages_edited WHERE text_at > ? ORDER BY text_at LIMIT ${LOOKED}`,
)

function* editsBeyond(
  db: Database,
  until: number,
  isMeant: (seq: number) => boolean,
): Generator<Piece, readonly number[]> {
  const found: number[] = []
  for (let after = until; db.isOpen; ) {
    const rows = edits(db).all(after) as unknown as readonly (readonly [place: number, seq: number])[]
    for (const [place, seq] of rows) if (seq <= until && isMeant(seq)) found.push(place)
    after = rows.at(-1)?.[0] ?? after
    if (rows.length < LOOKED) break
    yield NOTHING
  }
  return found
}
