/**
 * The disk with a server's journal and history. It outlives the process; unstored data of a process that dies are lost.
 * A commit is stored whole or not at all, like a transaction; the history may lag behind.
 *
 * The journal may also be as unsure as a replicated log: an append arrives late or never, or its acknowledgement is
 * late. Then it may arrive even after the death of its process, but not after an append of the next one. All processes
 * hear of commits; one of several hears it a little later, in order.
 */
import { filter, map, Subject, type Subscription, takeUntil } from 'rxjs'
import type { Recorded } from '../../src/journal/recorded.ts'
import type { Draft, Entry } from '../../src/model/input.ts'
import type { Journal, Snapshot } from '../../src/port/journal.ts'
import { mountHistory, NO_PAST, type StoredHistory, storingFirst } from './history.ts'
import { Idleness } from './idleness.ts'
import { armed } from './poison.ts'
import type { Process } from './process.ts'
import { random } from './random.ts'
import { DiskFull, type Fate, Lost, type Storage, type StoragePorts, type Stored } from './storage.ts'

/** Entries that are read at once, and how long that takes: a start takes several steps. */
const PAGE = 32
const READ_MS = 400

export class Disk implements Storage, StoredHistory {
  readonly epoch = 'epoch'
  readonly entries: Entry[] = []
  /** The marks of quarantine, apart from the entries. */
  readonly marks = new Map<number, string>()
  readonly committed = new Subject<readonly Entry[]>()
  readonly kept: Snapshot[] = []
  past = NO_PAST
  readonly places = new Map<number, Recorded>()
  full = false
  slow = 0
  fate: Fate = 'sure'
  doubt = 0
  /** Writes under way. */
  readonly writes = new Set<Write>()
  readonly stored: Stored
  readonly #lagOf: (process: Process) => Lag | null

  /** `lagOf`: when a process hears of a commit; null: at once. */
  constructor(stored: Stored = () => {}, lagOf: (process: Process) => Lag | null = () => null) {
    this.stored = stored
    this.#lagOf = lagOf
  }

  get isBusy(): boolean {
    return this.writes.size > 0
  }

  mount(process: Process): StoragePorts {
    const journal = mountJournal(this, process, this.#lagOf(process))
    const history = mountHistory(this, seq => this.textOf(seq), process, random(`history of ${process.id}`))
    return { journal: storingFirst(journal, history), history, peers: null, hasAll: journal.hasAll }
  }

  /** Its unstored data are lost, unless they are on their way in a replicated log. */
  abandon(process: Process): void {
    for (const write of this.writes) if (write.by === process && !write.mayOutlive) this.writes.delete(write)
  }

  textOf(seq: number): string | null {
    return this.entries[seq - 1]?.texts.text ?? null
  }

  isErased(seq: number): boolean {
    return this.textOf(seq) === null
  }

  heal(): void {
    this.full = false
    this.slow = 0
    this.fate = 'sure'
  }
}

/** A write of `by`; `mayOutlive`: it arrives even if that process is dead. */
type Write = { readonly by: Process; readonly mayOutlive: boolean }

function mountJournal(
  disk: Disk,
  process: Process,
  lag: Lag | null = null,
): Journal & { readonly hasAll: () => boolean } {
  const closed = new Subject<void>()
  const inbox = lag ? new Inbox(disk, process, lag) : null
  /** How much of the disk this process has been given. */
  const given = (): number => inbox?.given ?? disk.entries.length
  const idleness = new Idleness(() => process.clock().elapsed())
  const read = (entry: Entry): Entry => armed({ ...entry, quarantined: disk.marks.get(entry.seq) ?? null })

  /** Reads; for a process that died meanwhile there is no answer. */
  const answered = <T>(look: () => T): Promise<T> =>
    new Promise(resolve => {
      if (process.lives()) process.later(READ_MS, () => process.lives() && resolve(look()))
    })

  /** Acts when the disk gets to it; never, if the process dies before. */
  const eventually = <T>(act: () => T, ms = disk.slow, mayOutlive = false): Promise<T> =>
    new Promise((resolve, reject) => {
      if (!process.lives()) return
      const write: Write = { by: process, mayOutlive }
      disk.writes.add(write)
      process.later(ms, () => {
        if (!disk.writes.delete(write) || !(mayOutlive || process.lives())) return
        try {
          if (disk.full) throw new DiskFull('the disk is full')
          const done = act()
          if (process.lives()) resolve(done)
        } catch (error) {
          if (process.lives()) reject(error)
        }
      })
    })

  function commit(batch: readonly Draft[], since: number): void {
    const added = batch.map((draft, at) => ({ ...draft, seq: disk.entries.length + at + 1, quarantined: null }))
    disk.entries.push(...added)
    disk.stored(process, added, since)
    // At this point a commit is on the disk, and nobody knows of it.
    disk.committed.next(added)
  }

  async function append(batch: readonly Draft[]): Promise<void> {
    // Appends of earlier processes are refused from now on.
    for (const write of disk.writes) {
      if (write.by !== process && write.by.origin === process.origin) disk.writes.delete(write)
    }
    const { fate, doubt } = disk
    idleness.begin()
    const since = idleness.busySince
    if (fate === 'never') {
      return eventually(() => {
        throw new Lost('the append was lost')
      }, doubt)
    }
    await eventually(() => commit(batch, since), disk.slow + (fate === 'late' ? doubt : 0), fate !== 'sure')
    await inbox?.upTo(disk.entries.length)
    if (fate === 'quiet') await eventually(() => {}, doubt)
  }

  return {
    epoch: disk.epoch,
    base: 0,
    hasAll: () => given() === disk.entries.length,
    committed$: (inbox?.delivered ?? disk.committed).pipe(
      takeUntil(closed),
      filter(() => process.lives()),
      map(entries => entries.map(read)),
    ),
    async *read(seq) {
      const until = given()
      for (let at = seq; at < until; at += PAGE) {
        yield await answered(() => disk.entries.slice(at, Math.min(at + PAGE, until)).map(read))
      }
    },
    texts: seqs => answered(() => textsIn(seqs, seq => disk.textOf(seq))),
    append: batch => append(batch).finally(() => idleness.end()),
    quarantine: (seq, reason) =>
      eventually(() => {
        disk.marks.set(seq, reason)
      }),
    snapshot: (upTo = Number.MAX_SAFE_INTEGER) =>
      answered(() => disk.kept.findLast(({ seq }) => seq <= Math.min(upTo, given())) ?? null),
    keep: ({ seq, state }) =>
      eventually(() => {
        disk.kept.push({ seq, state: [...state].join('') })
        disk.kept.sort((a, b) => a.seq - b.seq)
      }),
    erase: seqs =>
      eventually(() => {
        for (const seq of seqs) disk.entries[seq - 1] = { ...(disk.entries[seq - 1] as Entry), texts: {} }
      }),
    forget: seq =>
      eventually(() => {
        for (const entry of disk.entries.slice(0, seq)) disk.entries[entry.seq - 1] = { ...entry, texts: {} }
        const { messages } = disk.past
        for (const message of messages) if (message.seq <= seq) disk.places.set(message.seq, message)
        disk.past = { ...disk.past, messages: messages.filter(message => message.seq > seq) }
      }),
    close: async () => {
      closed.next()
      inbox?.close()
    },
  }
}

/** Those that are there, by their places. */
export const textsIn = (seqs: readonly number[], textOf: (seq: number) => string | null): ReadonlyMap<number, string> =>
  new Map(
    seqs.flatMap(seq => {
      const text = textOf(seq)
      return text === null ? [] : [[seq, text] as const]
    }),
  )

/** Milliseconds until a process hears of a commit. */
export type Lag = () => number

/** The commits that one of several processes has yet to hear of. */
class Inbox {
  readonly delivered = new Subject<readonly Entry[]>()
  given: number
  readonly #process: Process
  readonly #waiting: (readonly Entry[])[] = []
  readonly #waits: { readonly seq: number; readonly done: () => void }[] = []
  readonly #following: Subscription
  #due = 0

  constructor(disk: Disk, process: Process, lag: Lag) {
    this.given = disk.entries.length
    this.#process = process
    const { elapsed } = process.clock()
    this.#following = disk.committed.subscribe(entries => {
      this.#waiting.push(entries)
      this.#due = Math.max(this.#due, elapsed() + lag())
      process.later(this.#due - elapsed(), () => this.#deliver())
    })
  }

  /** Resolves when it has heard of everything up to input `seq`. */
  async upTo(seq: number): Promise<void> {
    if (this.given < seq) await new Promise<void>(done => this.#waits.push({ seq, done }))
  }

  close(): void {
    this.#following.unsubscribe()
  }

  #deliver(): void {
    const entries = this.#waiting.shift()
    if (!entries) return
    this.given = entries.at(-1)?.seq ?? this.given
    if (this.#process.lives()) this.delivered.next(entries)
    for (const { seq, done } of this.#waits.splice(0)) {
      if (seq <= this.given) done()
      else this.#waits.push({ seq, done })
    }
  }
}
