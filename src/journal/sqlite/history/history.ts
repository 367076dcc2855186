/**
 * The history in the journal's own file: the messages, and the word index. It lags behind the journal by a moment, and
 * is stored in transactions of its own, each of a few messages. A read stores the waiting messages first. The index is
 * made when the server has time; a search also reads the messages that it doesn't cover yet (decisions/0014).
 */
import type { MemberId } from '../../../model/input.ts'
import type { Piece as LivePiece } from '../../../model/message/live.ts'
import type { Message } from '../../../model/message/message.ts'
import type { Place } from '../../../model/state/reads.ts'
import type { Step } from '../../../model/step.ts'
import type {
  After,
  Correspondence,
  History,
  HistoryPage,
  HistoryRange,
  Output,
  Part,
  Sight,
  Unread,
  Written,
} from '../../../port/history.ts'
import { memoryHistory } from '../../memory-history.ts'
import { inPieces, NOTHING, oneByOne, type Piece } from '../../pieces.ts'
import { changesOf, recordedOf } from '../../recorded.ts'
import { readMeta } from '../file/meta.ts'
import { type Database, explained, explainedLater } from '../file/sqlite.ts'
import type { Projection } from '../projection.ts'
import { halfErasedIn } from './half-erased.ts'
import { textAt, type Unstored } from './past.ts'
import { piecesOf } from './pieces.ts'
import { storedIn } from './stored.ts'
import { olderThan } from './times.ts'
import { followedBy, type HistoryQueries } from './unstored.ts'

export class SqliteHistory implements History {
  readonly #db: Database
  readonly #what: string
  readonly #projection: Projection
  readonly #unstored: Unstored
  readonly #stored: HistoryQueries
  readonly #inTurn = oneByOne()
  #version = 0

  /** `what` names the file in errors. */
  constructor(db: Database, what: string, projection: Projection) {
    this.#db = db
    this.#what = what
    this.#projection = projection
    const { waiting } = projection
    const textOf = (seq: number): string | null => {
      const entry = waiting.entryAt(seq)
      return entry ? (entry.texts.text ?? null) : textAt(db, what, seq)
    }
    this.#unstored = { changes: waiting.changes, textOf }
    this.#stored = storedIn(db, what, this.#unstored)
  }

  get seq(): number {
    return this.#projection.waiting.seq
  }

  get version(): number {
    return this.#version
  }

  apply(step: Step): void {
    const [messages, changes] = [recordedOf(step), changesOf(step)]
    this.#projection.take(messages, changes, step.seq)
    if (messages.length > 0 || changes.length > 0) this.#version += 1
  }

  page(part: Part, range: HistoryRange, limit: number): HistoryPage {
    return this.#read(past => past.page(part, range, limit))
  }

  count(part: Part, since: After, most: number): number {
    return this.#read(past => past.count(part, since, most))
  }

  unread(reader: MemberId, place: Place, since: After, most: number, ignored?: readonly MemberId[]): Unread {
    return this.#read(past => past.unread(reader, place, since, most, ignored))
  }

  correspondence(member: MemberId, limit: number): readonly Correspondence[] {
    return this.#read(past => past.correspondence(member, limit))
  }

  search(words: string, sight: Sight, before: number, limit: number): Promise<HistoryPage> {
    return this.#inTurn(() =>
      explainedLater(this.#what, () => this.#read(past => past.search(words, sight, before, limit))),
    )
  }

  find(seq: number): Message | null {
    return this.#read(past => past.find(seq))
  }

  isDeleted(seq: number): boolean {
    return this.#read(past => past.isDeleted(seq))
  }

  textPlaces(seq: number): readonly number[] {
    return this.#read(past => past.textPlaces(seq))
  }

  output(seq: number, from: number, most: number): Output {
    return this.#read(past => past.output(seq, from, most))
  }

  latestBy(author: MemberId, room: string): Message | null {
    return this.#read(past => past.latestBy(author, room))
  }

  writtenBy(author: MemberId, after: Written | null, limit: number): Promise<readonly Written[]> {
    return explainedLater(this.#what, async () => {
      await this.#projection.drain()
      return this.#stored.writtenBy(author, after, limit)
    })
  }

  editsBeyond(until: number): Promise<readonly number[]> {
    return explainedLater(this.#what, async () => {
      await this.#projection.drain()
      return this.#stored.editsBeyond(until)
    })
  }

  halfErased(): Promise<readonly number[]> {
    const db = this.#db
    return explainedLater(this.#what, async () => {
      await this.#projection.drain()
      return inPieces(halfErasedIn(db))
    })
  }

  horizon(keep: { readonly at: number } | { readonly count: number }): Promise<number> {
    const db = this.#db
    return explainedLater(this.#what, async () => {
      await this.#projection.drain()
      return horizonIn(db, keep)
    })
  }

  touch(): void {
    this.#version += 1
    this.#projection.work()
  }

  flush(): void {
    this.#projection.flush()
  }

  /** Indexes everything that isn't indexed yet. */
  index(): void {
    this.#projection.index()
  }

  clear(): void {
    this.#projection.clear()
    this.#version += 1
  }

  /**
   * Changes that aren't stored yet are read too, so that nobody waits, and on a full disk the history stays available.
   */
  #read<T>(work: (from: HistoryQueries) => T): T {
    return explained(this.#what, () => {
      if (this.#projection.isCaughtUp()) return work(this.#stored)
      const { revised, seq } = this.#projection.waiting
      const { textOf, changes } = this.#unstored
      const pieces = (seq: number): readonly LivePiece[] => piecesOf(this.#db, seq, changes)
      const later = memoryHistory(textOf, { messages: revised, seq, piecesOf: pieces })
      return work(followedBy(this.#stored, later, revised[0]?.seq ?? Number.POSITIVE_INFINITY))
    })
  }
}

/** The last stored message that needn't be kept; 0: none, or it's forgotten already. */
export async function horizonIn(db: Database, keep: Parameters<History['horizon']>[0]): Promise<number> {
  const last = 'at' in keep ? olderThan(db, keep.at) : await inPieces(beyond(db, keep.count))
  return db.isOpen && last > readMeta(db).forgotten ? last : 0
}

/** Messages counted in one piece, in their own index. */
const COUNTED = 10_000

/** The last message that isn't among the latest `count`. */
function* beyond(db: Database, count: number): Generator<Piece, number> {
  const next = db.prepare('SELECT seq FROM messages WHERE seq < ? ORDER BY seq DESC LIMIT 1 OFFSET ?')
  let at = Number.MAX_SAFE_INTEGER
  for (let left = count + 1; left > 0 && db.isOpen; left -= COUNTED) {
    const found = next.get(at, Math.min(left, COUNTED) - 1) as SeqRow | undefined
    if (!found) return 0
    at = found.seq
    if (left > COUNTED) yield NOTHING
  }
  return at
}

type SeqRow = { readonly seq: number }
