/** A search: from the latest message back, in pieces, by the index. Each match is read once more and checked. */
import { HISTORY_PAGE_BYTES, SEARCH_BYTES_MAX, SEARCH_MESSAGES_MAX } from '../../../../model/limits.ts'
import type { Message } from '../../../../model/message/message.ts'
import { storedText } from '../../../../model/message/stored-text.ts'
import { isFoundIn, keysOfWords, soughtIn } from '../../../../model/search/match.ts'
import { utf8Length } from '../../../../model/text.ts'
import type { HistoryPage } from '../../../../port/history.ts'
import { latestOf } from '../../../bounded.ts'
import { PendingChanges } from '../../../pending-changes.ts'
import { isWholePiece, NOTHING, type Piece } from '../../../pieces.ts'
import { type Search, seeing } from '../../../sight.ts'
import type { Database } from '../../file/sqlite.ts'
import { uncheckedTextReader } from '../../texts.ts'
import type { Unstored } from '../past.ts'
import { type Block, blockOf, blocksBefore, blocksEnd, mayHave } from './blocks.ts'

/** Signatures checked in one piece. Each has up to a few kilobytes. */
const BLOCKS = 64

type SearchRow = {
  readonly seq: number
  /** The input with its text. */
  readonly place: number
  readonly room: string | null
  readonly author: string
  readonly other: string | null
}

/** `messageAt` gives an undamaged message as it is by now, and throws on damage. */
export function* finding(
  db: Database,
  { words, sight, before, limit }: Search,
  messageAt: (seq: number) => Message | null,
  changes: Unstored['changes'] = new PendingChanges(),
): Generator<Piece, HistoryPage> {
  const sought = soughtIn(words)
  const keys = keysOfWords(sought)
  const isSeen = seeing(sight)
  const found: Message[] = []
  let [looked, bytes, size] = [0, 0, 0]
  /** Progress of the current piece. */
  let piece = NOTHING
  const isOver = (): boolean =>
    !db.isOpen ||
    found.length > limit ||
    size > HISTORY_PAGE_BYTES ||
    looked >= SEARCH_MESSAGES_MAX ||
    bytes >= SEARCH_BYTES_MAX

  /** Searches the messages after input `after` and before `end`. */
  function* look(after: number, end: number): Generator<Piece> {
    for (let at: number | null = end; at !== null && !isOver(); ) {
      if (isWholePiece(piece)) yield* pause()
      at = lookFrom(at, after)
    }
  }

  function* pause(): Generator<Piece> {
    yield piece
    piece = NOTHING
  }

  /** Searches until the piece is full. Null: there are no more messages. */
  function lookFrom(end: number, after: number): number | null {
    const hits: number[] = []
    const textOf = uncheckedTextReader(db)
    let next: number | null = null
    for (const row of db.prepare(ROWS).iterate(end, after) as Iterable<SearchRow>) {
      if (isWholePiece(piece)) {
        next = row.seq + 1
        break
      }
      const text = (changes.has(row.seq) ? storedOf(messageAt(row.seq)) : textOf(row.place)) ?? ''
      piece = { rows: piece.rows + 1, bytes: piece.bytes + text.length }
      looked += 1
      bytes += text.length
      if (isSeen(row) && isFoundIn(text, sought)) hits.push(row.seq)
    }
    for (const seq of hits) keep(messageAt(seq))
    return next
  }

  /** Its signature is that of earlier words. */
  function hasChanged({ first, last }: Block): boolean {
    for (const seq of changes.targets) if (seq > first && seq <= last) return true
    return false
  }

  function keep(message: Message | null): void {
    if (message?.text == null) return
    found.push(message)
    size += utf8Length(message.text)
  }

  if (sought.length === 0) return { messages: [], more: false }
  // The index may grow between two pieces; its new messages have been looked at.
  const indexed = blocksEnd(db)
  yield* look(indexed, before)
  for (let at = Math.min(indexed, blockOf(db, before)); at > 0 && !isOver(); ) {
    const blocks = blocksBefore(db, at, BLOCKS)
    for (const { first, last } of blocks.filter(block => mayHave(block, keys) || hasChanged(block))) {
      yield* look(first, Math.min(last + 1, before))
    }
    at = blocks.at(-1)?.first ?? 0
    if (at > 0) yield* pause()
  }
  return latestOf(found, limit)
}

const ROWS = `SELECT seq, coalesce(text_at, seq) AS place, room, author, peer AS other FROM messages
  WHERE seq < ? AND seq > ? ORDER BY seq DESC`

/** The text with the names of the files, which are searched, too. */
const storedOf = (message: Message | null): string | null =>
  message?.text == null
    ? null
    : storedText(
        message.text,
        (message.files ?? []).map(({ name }) => name),
      )
