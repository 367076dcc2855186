/**
 * The past of messages in the journal's own file: who said what where, and an index of the words (FTS5). It lags behind
 * the journal by a moment, in transactions of its own; whatever reads it stores what waits first. The index costs most,
 * so it follows at a pace that leaves the room its time, and a search brings it up to date as far as that is soon done.
 */
import type { History } from '../../port/history.ts'
import { memoryHistory } from '../memory-history.ts'
import { sumOf } from './checksum.ts'
import {
  countOf,
  latestBy,
  messageAt,
  pageOf,
  type Recorded,
  rowsOf,
  SELECT,
  search,
  sumOfMessage,
  textAt,
} from './past.ts'
import { type Database, explained, lazily, transaction } from './sqlite.ts'
import { followedBy, type Reading } from './unstored.ts'

/** Messages that are stored at a time, and milliseconds between. */
const BATCH = 1000
const LAG_MS = 250
/** Messages that are indexed at a time in the background, and before a search at most. */
const INDEX_BATCH = 200
const INDEX_MOST = 5000

export type SqliteHistory = History & {
  /** Indexes all that is not indexed yet. */
  readonly index: () => void
  readonly close: () => void
}

/** `what` names the file in what goes wrong. */
export function sqliteHistory(db: Database, what: string): SqliteHistory {
  const add = db.prepare('INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const index = db.prepare(
    `INSERT INTO search (rowid, text) SELECT seq, text FROM messages JOIN texts USING (seq)
     WHERE seq > ? AND seq <= ? AND text NOT NULL`,
  )
  const next = db.prepare('SELECT seq FROM messages WHERE seq > ? ORDER BY seq LIMIT 1 OFFSET ?')
  const progress = db.prepare('UPDATE projected SET seq = ?, indexed = ?, sum = ?')
  let { seq: stored, indexed } = progressOf(db)
  let seq = stored
  let version = 0
  let waiting: Recorded[] = []
  let timer: NodeJS.Timeout | null = null

  /** The `most` that have waited longest. */
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
      progress.run(upTo, indexed, sumOf(upTo, indexed))
    })
    stored = upTo
    waiting = rest
  }

  const flush = (): void => store(Number.POSITIVE_INFINITY)

  /** The next `most` messages. */
  function indexNext(most: number): void {
    if (indexed === stored || !db.isOpen) return
    const last = next.get(indexed, most - 1) as { readonly seq: number } | undefined
    const upTo = last?.seq ?? stored
    lazily(db, () => {
      index.run(indexed, upTo)
      progress.run(stored, upTo, sumOf(stored, upTo))
    })
    indexed = upTo
  }

  /** In the background, a few at a time. A failure is no news: the journal has them, and they are tried again. */
  function soon(): void {
    timer ??= setTimeout(() => {
      timer = null
      try {
        store(BATCH)
        indexNext(INDEX_BATCH)
      } catch {
        // Said by the commits of the journal, which fail too.
      }
      if ((waiting.length > 0 || indexed < stored) && db.isOpen) soon()
    }, LAG_MS).unref()
  }

  if (indexed < stored) soon()

  const rows = rowsOf(db, what)
  const storedOnes: Reading = {
    page: (part, range, limit) => pageOf(rows, part, range, limit),
    count: (part, after, most) => countOf(db, part, after, most),
    search: (words, sight, before, limit) => search(rows, words, sight, before, limit),
    find: seq => messageAt(rows, seq),
    latestBy: (author, room) => latestBy(rows, author, room),
  }

  /** Whether `work` could be written. */
  function tried(work: () => void): boolean {
    try {
      work()
      return true
    } catch {
      // Said by the commits of the journal, which fail too.
      return false
    }
  }

  /** What cannot be stored can be read all the same: a full disk is no reason to be silent about the past. */
  const read = <T>(work: (from: Reading) => T): T =>
    explained(what, () => {
      if (waiting.length === 0 || tried(flush)) return work(storedOnes)
      return work(followedBy(storedOnes, inMemory(waiting)))
    })

  function inMemory(messages: readonly Recorded[]): Reading {
    const memory = memoryHistory(seq => textAt(db, what, seq), Number.POSITIVE_INFINITY)
    memory.record(messages, seq)
    return memory
  }

  return {
    get seq() {
      return seq
    },
    get version() {
      return version
    },
    record(messages, upTo) {
      waiting.push(...messages)
      seq = upTo
      if (messages.length === 0) return
      version += 1
      soon()
    },
    page: (...asked) => read(past => past.page(...asked)),
    count: (...asked) => read(past => past.count(...asked)),
    search: (...asked) =>
      read(past => {
        if (tried(() => indexNext(INDEX_MOST))) return past.search(...asked)
        const unindexed = rows(`${SELECT} WHERE seq > ? ORDER BY seq LIMIT ${INDEX_MOST}`, indexed)
        return followedBy(followedBy(storedOnes, inMemory(unindexed)), inMemory(waiting)).search(...asked)
      }),
    find: seq => read(past => past.find(seq)),
    latestBy: (...asked) => read(past => past.latestBy(...asked)),
    horizon: keep =>
      explained(what, () => {
        flush()
        const row =
          'at' in keep
            ? db.prepare('SELECT max(seq) AS seq FROM messages WHERE at < ?').get(keep.at)
            : db.prepare('SELECT seq FROM messages ORDER BY seq DESC LIMIT 1 OFFSET ?').get(keep.count)
        return (row as { readonly seq: number | null } | undefined)?.seq ?? 0
      }),
    touch() {
      version += 1
    },
    flush,
    index() {
      flush()
      while (indexed < stored) indexNext(INDEX_MOST)
    },
    clear() {
      waiting = []
      empty(db)
      seq = 0
      stored = 0
      indexed = 0
      version += 1
    },
    close() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      flush()
    },
  }
}

/** How far it has come. If that is not sure it begins anew: all of it follows from the journal. */
function progressOf(db: Database): Progress {
  const row = db.prepare('SELECT seq, indexed, sum FROM projected').get() as (Progress & { sum: number }) | undefined
  if (row && row.sum === (row.seq === 0 ? 0 : sumOf(row.seq, row.indexed))) return row
  empty(db)
  return { seq: 0, indexed: 0 }
}

type Progress = { readonly seq: number; readonly indexed: number }

function empty(db: Database): void {
  transaction(db, () => {
    db.exec(`DELETE FROM messages; INSERT INTO search (search) VALUES ('delete-all');
      DELETE FROM projected; INSERT INTO projected VALUES (0, 0, 0)`)
  })
}
