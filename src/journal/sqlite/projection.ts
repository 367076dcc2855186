/**
 * Brings committed inputs from the log into the tables, a piece at a time, and then indexes the words of the messages.
 * If something can't be stored, the next commit is refused with the reason; the next turn tries again.
 */
import {
  PROJECTED_MS,
  PROJECTED_ROWS,
  PROJECTED_SOON,
  SEARCH_MESSAGES_MAX,
  SETTLED_BYTES,
  SETTLED_ROWS,
} from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import { breath } from '../pieces.ts'
import type { Recorded, RecordedChange } from '../recorded.ts'
import { addToChunks } from './chunks.ts'
import type { Checkpoints } from './file/checkpoints.ts'
import { sumOf } from './file/checksum.ts'
import { changeMeta, readMeta } from './file/meta.ts'
import { type Database, transaction } from './file/sqlite.ts'
import { changing } from './history/changes.ts'
import { empty, progressOf } from './history/progress.ts'
import { putting } from './history/rows.ts'
import { addTimes } from './history/times.ts'
import { indexing } from './history/unread.ts'
import { addBlock, knowBlock } from './history/words/blocks.ts'
import type { Committed } from './log/records.ts'
import { type Portion, Waiting } from './waiting.ts'

/** Milliseconds until new inputs are stored, and between two pieces of that and of the index. */
const LAG_MS = 250
const NEXT_MS = 20
/** Messages that the index lags behind while the server is busy: a search reads them one by one. */
const UNINDEXED = SEARCH_MESSAGES_MAX / 4

export class Projection {
  readonly waiting: Waiting
  readonly #db: Database
  readonly #checkpoints: Checkpoints
  readonly #clock: Pick<Clock, 'elapsed'>
  readonly #record: (portion: Portion) => void
  /** The last input whose messages are stored. */
  #recorded: number
  /** The rows that may not be durable yet. */
  #rows = 0
  /** The messages since the index was up to date. */
  #unindexed = 0
  #trouble: unknown = null
  #timer: NodeJS.Timeout | null = null
  #isUrgent = false

  constructor(db: Database, checkpoints: Checkpoints, clock: Pick<Clock, 'elapsed'>) {
    this.#db = db
    this.#checkpoints = checkpoints
    this.#clock = clock
    this.#record = recording(db)
    this.#recorded = progressOf(db)
    this.waiting = new Waiting(this.#recorded)
    this.work()
  }

  /** So much was stored that the tables should be made durable. */
  get isDue(): boolean {
    return this.#rows >= SETTLED_ROWS || this.#checkpoints.grown >= SETTLED_BYTES
  }

  add(inputs: readonly Committed[]): void {
    this.waiting.add(inputs)
    this.work()
  }

  take(messages: readonly Recorded[], changes: readonly RecordedChange[], seq: number): void {
    this.waiting.take(messages, changes, seq)
    if (messages.length > 0 || changes.length > 0) this.work()
  }

  /** Stores a piece while the disk takes a commit in, and the loop has nothing else to do for it. */
  meanwhile(): void {
    if (this.waiting.size < PROJECTED_ROWS || this.#checkpoints.isPaused || this.#trouble !== null) return
    this.#tried(() => this.#store())
  }

  /** Rejects if inputs that were committed before can't be stored. */
  async usable(): Promise<void> {
    if (this.#trouble !== null) await this.#checkpoints.write(() => this.#store())
  }

  /** Resolves when all inputs that wait now are stored. Rejects if that fails. */
  async drain(): Promise<void> {
    const upTo = Math.max(this.waiting.last, this.waiting.seq)
    while (this.waiting.hasUpTo(upTo)) {
      await this.#checkpoints.write(() => this.#store())
      if (this.waiting.hasUpTo(upTo)) await breath()
    }
  }

  /** Stores everything at once. Throws if that fails. */
  flush(): void {
    if (this.#checkpoints.isPaused) throw new Error('the journal is being made durable. Try again.')
    do this.#store()
    while (this.waiting.hasUpTo(Math.max(this.waiting.last, this.waiting.seq)))
    if (this.isDue) this.#checkpoints.settleNow()
  }

  /** False: some messages aren't stored, because that would take long, or fail. */
  isCaughtUp(): boolean {
    const { waiting } = this
    if (waiting.isRecorded) return true
    if (this.#checkpoints.isPaused || waiting.size > PROJECTED_ROWS / 2) return false
    return this.#tried(() => this.#store()) && waiting.isRecorded
  }

  /** Everything stored so far is durable, or will be soon. */
  settled(): void {
    this.#rows = 0
  }

  /** Stores and indexes everything at once. */
  index(): void {
    this.flush()
    while (this.#indexNext()) {}
  }

  /** Goes on in the background. */
  work(after = this.waiting.size < PROJECTED_SOON ? LAG_MS : 0): void {
    if (this.#timer !== null && (after > 0 || this.#isUrgent)) return
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#isUrgent = after === 0
    this.#timer = setTimeout(() => {
      this.#timer = null
      if (!this.#db.isOpen) return
      if (this.#checkpoints.isPaused) return this.work(NEXT_MS)
      let [mayWait, isMore] = [false, false]
      const isStored = this.#tried(() => {
        const isBusy = this.waiting.size >= PROJECTED_ROWS
        const isOver = this.#budget()
        this.#store(isOver)
        mayWait = (isBusy || isOver()) && this.#unindexed < UNINDEXED
        isMore = !mayWait && this.#indexNext()
      })
      if (!isStored) this.work(LAG_MS)
      else if (isMore) this.work(NEXT_MS)
      else if (mayWait || this.waiting.size > 0) this.work()
    }, after).unref()
  }

  /** Forgets all messages, so that they can be recorded anew. */
  clear(): void {
    this.waiting.clearMessages()
    empty(this.#db)
    this.#recorded = 0
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** One piece. Throws if that fails. */
  #store(isOver = this.#budget()): void {
    if (!this.#db.isOpen) throw new Error('the journal is closed.')
    const taken = { inputs: 0, messages: 0, changing: 0 }
    let recorded = this.#recorded
    try {
      transaction(this.#db, () => {
        do {
          const portion = this.waiting.portion(PROJECTED_ROWS, taken)
          if (portion.inputs.length === 0 && portion.upTo === recorded) break
          add(this.#db, portion.inputs)
          if (portion.upTo !== recorded) this.#record(portion)
          taken.inputs += portion.inputs.length
          taken.messages += portion.messages.length
          taken.changing += portion.changing
          recorded = portion.upTo
        } while (!isOver())
      })
    } catch (error) {
      if (this.waiting.last > 0) this.#trouble = error
      throw error
    }
    this.waiting.drop(taken)
    this.#rows += taken.inputs + taken.messages + taken.changing
    this.#unindexed += taken.messages
    this.#recorded = recorded
    this.#trouble = null
  }

  /** True once the time for one piece is over. */
  #budget(): () => boolean {
    const end = this.#clock.elapsed() + PROJECTED_MS
    return () => this.#clock.elapsed() >= end
  }

  /** Makes one piece of the index: a new block, or a missing signature. False: nothing to do. */
  #indexNext(): boolean {
    const isMore = transaction(this.#db, () => addBlock(this.#db) || knowBlock(this.#db))
    if (!isMore) this.#unindexed = 0
    return isMore
  }

  #tried(work: () => void): boolean {
    try {
      work()
      return true
    } catch {
      return false
    }
  }
}

/** Adds inputs and their texts. Within a transaction. */
function add(db: Database, inputs: readonly Committed[]): void {
  const last = inputs.at(-1)
  if (!last) return
  addToChunks(db, inputs, readMeta(db).last_sum)
  changeMeta(db, { last: last.entry.seq, last_sum: last.sum })
}

/** Adds messages, changes those before, and says how far the history goes. Within a transaction. */
function recording(db: Database): (portion: Portion) => void {
  const add = putting(db)
  const index = indexing(db)
  const change = changing(db)
  const progress = db.prepare('UPDATE projected SET seq = ?, indexed = 0, sum = ?')
  return ({ messages, changes, upTo }) => {
    for (const message of messages) {
      add(message)
      index(message)
    }
    addTimes(db, messages)
    if (changes.length > 0) change(changes)
    progress.run(upTo, sumOf(upTo, 0))
  }
}
