/**
 * The messages that wait to be stored, and the work in the background: it stores them, and then indexes them, a piece at
 * a time. If something can't be written, the journal's commits also fail and report it; the next turn tries again.
 */
import type { Recorded } from '../../recorded.ts'
import { sumOf } from '../file/checksum.ts'
import { type Database, lazily } from '../file/sqlite.ts'
import { addBlock, knowBlock } from './blocks.ts'
import { sumOfMessage } from './past.ts'
import { empty, progressOf } from './progress.ts'
import { indexing } from './unread.ts'

/** Messages stored at once. */
const BATCH = 200
/** Milliseconds until new messages are stored and indexed, and between two pieces of that work. */
const LAG_MS = 250
const NEXT_MS = 20

export class Backlog {
  readonly #db: Database
  readonly #add
  readonly #index: (message: Recorded) => void
  readonly #progress
  /** The last input whose messages are stored, and the last one that was taken in. */
  #stored: number
  #seq: number
  #messages: Recorded[] = []
  #timer: NodeJS.Timeout | null = null

  constructor(db: Database) {
    this.#db = db
    this.#add = db.prepare('INSERT OR REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    this.#index = indexing(db)
    this.#progress = db.prepare('UPDATE projected SET seq = ?, indexed = 0, sum = ?')
    this.#stored = progressOf(db)
    this.#seq = this.#stored
    this.work()
  }

  get seq(): number {
    return this.#seq
  }

  get messages(): readonly Recorded[] {
    return this.#messages
  }

  take(messages: readonly Recorded[], seq: number): void {
    this.#messages.push(...messages)
    this.#seq = seq
    if (messages.length === 0) return
    if (this.#messages.length >= BATCH) tried(() => this.#store(BATCH))
    this.work()
  }

  /** Stores everything. Throws if that fails. */
  flush(): void {
    this.#store(Number.POSITIVE_INFINITY)
  }

  /** False: some messages can't be stored now. */
  tryFlush(): boolean {
    return this.#messages.length === 0 || tried(() => this.flush())
  }

  /** Stores and indexes everything. */
  index(): void {
    this.flush()
    while (this.#indexNext()) {}
  }

  /** Goes on in the background, `after` so many milliseconds. */
  work(after = LAG_MS): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      if (!this.#db.isOpen) return
      let isMore = false
      tried(() => {
        this.#store(BATCH)
        isMore = this.#indexNext() || this.#messages.length > 0
      })
      if (isMore) this.work(NEXT_MS)
      else if (this.#messages.length > 0) this.work()
    }, after).unref()
  }

  clear(): void {
    this.#messages = []
    empty(this.#db)
    this.#seq = 0
    this.#stored = 0
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.flush()
  }

  /** Stores the `most` messages that have waited longest. */
  #store(most: number): void {
    if (this.#seq === this.#stored || !this.#db.isOpen) return
    const batch = this.#messages.slice(0, most)
    const rest = this.#messages.slice(most)
    const upTo = rest.length === 0 ? this.#seq : (batch.at(-1)?.seq ?? this.#stored)
    lazily(this.#db, () => {
      for (const message of batch) {
        const { seq, at, room, from, author, to, other, action, account, mentions } = message
        const flags = [action ? 1 : 0, sumOfMessage(message), account ? 1 : 0] as const
        const listed = mentions.length === 0 ? null : JSON.stringify(mentions)
        this.#add.run(seq, at, room, from, author, to, other, ...flags, listed)
        this.#index(message)
      }
      this.#progress.run(upTo, sumOf(upTo, 0))
    })
    this.#stored = upTo
    this.#messages = rest
  }

  /** Makes one piece of the index: a new block, or a missing signature. False: nothing to do. */
  #indexNext(): boolean {
    let did = false
    lazily(this.#db, () => {
      did = addBlock(this.#db) || knowBlock(this.#db)
    })
    return did
  }
}

function tried(work: () => void): boolean {
  try {
    work()
    return true
  } catch {
    return false
  }
}
