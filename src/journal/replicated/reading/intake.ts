/**
 * Takes the messages of the log in, one after another and in order: a batch of inputs goes to this node's mirror, and
 * then comes out of the journal. A deletion or an edit by anybody else waits until the text is erased here, too; so do texts
 * that nobody needs any more (`spent`). So nobody is shown a deletion while the text is still here.
 *
 * While the mirror can't erase or store, as on a full disk, new messages are held in memory. The room is bounded; the
 * rest is to be read from the log later.
 */
import type { Draft, Entry } from '../../../model/input.ts'
import type { Clock } from '../../../port/clock.ts'
import { LastingError } from '../../data-error.ts'
import type { Mirror } from '../mirror.ts'
import { Load } from '../stream/load.ts'
import { Pauses } from '../stream/pauses.ts'
import type { BatchPlace, Places } from '../stream/places.ts'
import type { LogPlace, StreamMessage } from '../stream/stream.ts'
import type { FoldedBatch, LogFold } from './fold.ts'

type Deps = {
  readonly fold: LogFold
  readonly mirror: Mirror
  readonly places: Places
  readonly clock: Clock
  /** Names this start of the node. It erases a text before it appends the deletion. */
  readonly run: string
  /** The known marks of quarantine. */
  readonly marks: ReadonlyMap<number, string>
  /** The ids of the inputs that the mirror has and the log is going to give again, by `seq`. */
  readonly again: ReadonlyMap<number, string>
  readonly committed: (entries: readonly Entry[]) => void
  readonly folded: (batch: BatchPlace) => void
  readonly beat: (message: StreamMessage) => void
  /** This node can't go on. Nothing follows. */
  readonly failed: (error: Error) => void
}

export class Intake {
  readonly #deps: Deps
  #queue: StreamMessage[] = []
  #isBusy = false
  #isStopped = false
  /** Messages that wait, and entries that were passed on since the mirror was last known to store. */
  #load = new Load()
  #isChecking = false
  /** Why a text can't be erased; null: none waits for that, or it wasn't tried yet. */
  #unerased: unknown = null
  #waitsSince: number | null = null
  #place: LogPlace = 0
  #waits: { readonly place: LogPlace; readonly done: () => void }[] = []
  #idle: (() => void)[] = []

  readonly #pauses: Pauses

  constructor(deps: Deps) {
    this.#deps = deps
    this.#pauses = new Pauses(deps.clock)
  }

  /** Whether more may be taken. */
  get hasRoom(): boolean {
    return !this.#load.isFull
  }

  /** Monotonic milliseconds since which something waits for an erasure; null: nothing does. */
  get waitsSince(): number | null {
    return this.#waitsSince
  }

  /** Rejects if the mirror can't erase or store a batch. */
  async usable(): Promise<void> {
    if (this.#unerased !== null) throw this.#unerased
    await this.#deps.mirror.usable()
  }

  take(message: StreamMessage): void {
    this.#queue.push(message)
    this.#load.add(message)
    if (!this.#isBusy) this.#work()
  }

  /** Resolves when everything up to this place has come out. There must be a message. */
  async upTo(place: LogPlace): Promise<void> {
    if (this.#place < place) await new Promise<void>(done => this.#waits.push({ place, done }))
  }

  /** Resolves when all taken messages have come out, and are stored. Rejects if they can't be stored. */
  async handled(): Promise<void> {
    if (this.#isBusy) await new Promise<void>(done => this.#idle.push(done))
    await this.#deps.mirror.stored()
  }

  stop(): void {
    this.#isStopped = true
    this.#queue = []
    this.#pauses.end()
  }

  #work(): void {
    this.#isBusy = true
    const queue = this.#queue
    this.#queue = []
    for (const [at, message] of queue.entries()) {
      if (this.#isStopped) return
      const erasing = this.#handle(message)
      if (!erasing) continue
      this.#queue = [...queue.slice(at + 1), ...this.#queue]
      void erasing.then(() => this.#work())
      return
    }
    // An input that comes out may bring more in.
    if (this.#queue.length > 0) return this.#work()
    this.#isBusy = false
    this.#waitsSince = null
    if (this.#load.isHigh) void this.#check()
    for (const done of this.#idle.splice(0)) done()
  }

  /** A promise if it has to wait. */
  #handle(message: StreamMessage): Promise<void> | null {
    const { fold, run, beat } = this.#deps
    if (message.kind === 'beat') beat(message)
    const batch = this.#tried(() => fold.take(message))
    // An earlier start of this node may have had another data directory, such as the one that a backup was made of.
    const deleted = batch && batch.run !== run ? deletedBy(batch.drafts) : []
    if (deleted.length > 0) return this.#erase(deleted).then(() => this.#done(message, batch))
    this.#done(message, batch)
    return null
  }

  #done({ place }: StreamMessage, batch: FoldedBatch | null): void {
    if (this.#isStopped) return
    this.#place = place
    if (batch) this.#tried(() => this.#adopt(batch))
    const waits = this.#waits
    this.#waits = []
    for (const wait of waits) {
      if (wait.place <= place) wait.done()
      else this.#waits.push(wait)
    }
  }

  #adopt({ drafts, ...batch }: FoldedBatch): null {
    const { mirror, places, marks, committed, folded } = this.#deps
    places.add(batch)
    const fresh = this.#fresh(drafts, batch.seq)
    const entries = mirror.adopt(fresh).map(entry => marked(entry, marks))
    for (const { seq, quarantined } of entries) {
      // If that fails, the next start does it.
      if (quarantined !== null) mirror.quarantine(seq, quarantined).catch(() => {})
    }
    if (entries.length > 0) committed(entries)
    folded(batch)
    return null
  }

  /** The inputs that the mirror doesn't have yet. */
  #fresh(drafts: readonly Draft[], seq: number): readonly Draft[] {
    const { mirror, again } = this.#deps
    const first = seq - drafts.length + 1
    const known = Math.max(0, mirror.last - first + 1)
    for (const [at, { input }] of drafts.slice(0, known).entries()) {
      if ((again.get(first + at) ?? input.id) !== input.id) throw new LastingError(foreign(first + at))
    }
    return drafts.slice(known)
  }

  /** Goes on until it's done: nothing may be shown before. */
  async #erase(seqs: readonly number[]): Promise<void> {
    const { mirror, clock } = this.#deps
    this.#waitsSince ??= clock.elapsed()
    while (!this.#isStopped) {
      try {
        await mirror.erase(seqs)
        this.#unerased = null
        return
      } catch (error) {
        this.#unerased = error
        await this.#pauses.pause()
      }
    }
  }

  /** Goes on until the mirror stores. Then only the batches that wait here are held. */
  async #check(): Promise<void> {
    if (this.#isChecking) return
    this.#isChecking = true
    while (!(await this.#isUsable()) && !this.#isStopped) await this.#pauses.pause()
    this.#load = new Load()
    for (const message of this.#queue) this.#load.add(message)
    this.#isChecking = false
  }

  #isUsable = (): Promise<boolean> =>
    this.usable().then(
      () => true,
      () => false,
    )

  #tried<T>(work: () => T): T | null {
    try {
      return work()
    } catch (error) {
      this.stop()
      this.#deps.failed(error instanceof Error ? error : new Error(String(error)))
      return null
    }
  }
}

const deletedBy = (drafts: readonly Draft[]): readonly number[] =>
  drafts.flatMap(({ input }) => {
    if (input.type === 'spent') return input.targets
    if (input.type === 'show-edit') return input.texts
    return input.type === 'delete' ? [input.target, ...(input.texts ?? [])] : []
  })

const marked = (entry: Entry, marks: ReadonlyMap<number, string>): Entry => {
  const quarantined = marks.get(entry.seq)
  return quarantined === undefined ? entry : { ...entry, quarantined }
}

const foreign = (seq: number): string =>
  `input ${seq} of this node is not the one that the log has. Move the data directory away; the node then reads everything from the log.`
