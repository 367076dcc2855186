/**
 * The history in the journal's own file: the messages, and the word index. It lags behind the journal by a moment, and
 * is stored in transactions of its own, each of a few messages. A read stores the waiting messages first. The index is
 * made when the server has time; a search also reads what it doesn't cover yet (decisions/0014).
 */
import type { History } from '../../../port/history.ts'
import { memoryHistory } from '../../memory-history.ts'
import { inPieces, NOTHING, oneByOne, type Piece } from '../../pieces.ts'
import { type Recorded, recordedOf } from '../../recorded.ts'
import { sumOf } from '../file/checksum.ts'
import { readMeta } from '../file/meta.ts'
import { type Database, explained, explainedLater, lazily, transaction } from '../file/sqlite.ts'
import { addBlock, knowBlock } from './blocks.ts'
import { countOf, latestBy, messageAt, pageOf, rowsOf, sumOfMessage, textAt } from './past.ts'
import { finding } from './search.ts'
import { followedBy, type HistoryQueries } from './unstored.ts'

/** Messages stored at once. */
const BATCH = 200
/** Milliseconds until new messages are stored and indexed, and between two pieces of that work. */
const LAG_MS = 250
const NEXT_MS = 20

export type SqliteHistory = History & {
  /** Indexes everything that isn't indexed yet. */
  readonly index: () => void
  readonly close: () => void
}

/** `what` names the file in errors. */
export function sqliteHistory(db: Database, what: string): SqliteHistory {
  const add = db.prepare('INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const progress = db.prepare('UPDATE projected SET seq = ?, indexed = 0, sum = ?')
  const inTurn = oneByOne()
  let stored = progressOf(db)
  let seq = stored
  let version = 0
  let waiting: Recorded[] = []
  let timer: NodeJS.Timeout | null = null

  /** Stores the `most` messages that have waited longest. */
  function store(most: number): void {
    if (seq === stored || !db.isOpen) return
    const batch = waiting.slice(0, most)
    const rest = waiting.slice(most)
    const upTo = rest.length === 0 ? seq : (batch.at(-1)?.seq ?? stored)
    lazily(db, () => {
      for (const message of batch) {
        const { seq: at, from, to, other, room, author, action } = message
        add.run(at, message.at, room, from, author, to, other, action ? 1 : 0, sumOfMessage(message))
      }
      progress.run(upTo, sumOf(upTo, 0))
    })
    stored = upTo
    waiting = rest
  }

  const flush = (): void => store(Number.POSITIVE_INFINITY)

  /** Makes one piece of the index: a new block, or a missing signature. False: nothing to do. */
  function indexNext(): boolean {
    let did = false
    lazily(db, () => {
      did = addBlock(db) || knowBlock(db)
    })
    return did
  }

  /** Works in the background, a piece at a time. */
  function soon(after = LAG_MS): void {
    timer ??= setTimeout(() => {
      timer = null
      if (!db.isOpen) return
      let isMore = false
      tried(() => {
        store(BATCH)
        isMore = indexNext() || waiting.length > 0
      })
      if (isMore) soon(NEXT_MS)
      else if (waiting.length > 0) soon()
    }, after).unref()
  }

  /** Whether `work` could be written. If not, the commits of the journal also fail, and report it. */
  function tried(work: () => void): boolean {
    try {
      work()
      return true
    } catch {
      return false
    }
  }

  soon()

  const rows = rowsOf(db, what)
  const storedOnes: HistoryQueries = {
    page: (part, range, limit) => pageOf(rows, part, range, limit),
    count: (part, after, most) => countOf(db, part, after, most),
    search: (words, sight, before, limit) =>
      inPieces(finding(db, { words, sight, before, limit }, seq => messageAt(rows, seq))),
    find: seq => messageAt(rows, seq),
    latestBy: (author, room) => latestBy(rows, author, room),
  }

  /** Messages that can't be stored can still be read: on a full disk the history stays available. */
  const read = <T>(work: (from: HistoryQueries) => T): T =>
    explained(what, () => {
      if (waiting.length === 0 || tried(flush)) return work(storedOnes)
      const inMemory = memoryHistory(one => textAt(db, what, one), { messages: waiting, seq })
      return work(followedBy(storedOnes, inMemory))
    })

  return {
    get seq() {
      return seq
    },
    get version() {
      return version
    },
    apply(step) {
      const messages = recordedOf(step)
      waiting.push(...messages)
      seq = step.seq
      if (messages.length === 0) return
      version += 1
      if (waiting.length >= BATCH) tried(() => store(BATCH))
      soon()
    },
    page: (...asked) => read(past => past.page(...asked)),
    count: (...asked) => read(past => past.count(...asked)),
    search: (...asked) => inTurn(() => explainedLater(what, () => read(past => past.search(...asked)))),
    find: seq => read(past => past.find(seq)),
    latestBy: (...asked) => read(past => past.latestBy(...asked)),
    horizon: keep =>
      explainedLater(what, async () => {
        flush()
        const last = await ('at' in keep ? olderThan(db, keep.at) : inPieces(beyond(db, keep.count)))
        return db.isOpen && last > readMeta(db).forgotten ? last : 0
      }),
    touch() {
      version += 1
      soon()
    },
    flush,
    index() {
      flush()
      while (indexNext()) {}
    },
    clear() {
      waiting = []
      empty(db)
      seq = 0
      stored = 0
      version += 1
    },
    close() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      flush()
    },
  }
}

/** The message with the latest time before `at`. Time never runs back by much, so it's about the last older one. */
const olderThan = (db: Database, at: number): number =>
  (db.prepare('SELECT seq FROM messages WHERE at < ? ORDER BY at DESC, seq DESC LIMIT 1').get(at) as SeqRow | undefined)
    ?.seq ?? 0

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

/**
 * How far the history is recorded. If the row is damaged it begins anew, because all of it follows from the journal.
 */
function progressOf(db: Database): number {
  const row = db.prepare('SELECT seq, indexed, sum FROM projected').get() as ProgressRow | undefined
  if (row && row.sum === (row.seq === 0 ? 0 : sumOf(row.seq, row.indexed))) return row.seq
  empty(db)
  return 0
}

/** `indexed` belongs to the index from before version 3. */
type ProgressRow = { readonly seq: number; readonly indexed: number; readonly sum: number }

function empty(db: Database): void {
  transaction(db, () => {
    db.exec('DELETE FROM messages; DELETE FROM blocks; DELETE FROM projected; INSERT INTO projected VALUES (0, 0, 0)')
  })
}
