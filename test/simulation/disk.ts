/**
 * The disk with a server's journal and history. It outlives the process; what a process had not stored when it died is
 * lost. A commit is stored whole or not at all, like a transaction; the history may lag behind.
 *
 * The journal may also be as unsure as a replicated log: an append arrives late or never, or its acknowledgement is
 * late. Then it may arrive even after the death of its process, but not after an append of the next one. All processes
 * hear what is committed; one of several hears it a little later, in order.
 */
import { filter, map, Subject, type Subscription, takeUntil } from 'rxjs'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { type Recorded, recordedOf } from '../../src/journal/recorded.ts'
import type { Draft, Entry } from '../../src/model/input.ts'
import type { Step } from '../../src/model/step.ts'
import type { History } from '../../src/port/history.ts'
import type { Journal, Snapshot } from '../../src/port/journal.ts'
import type { Process } from './process.ts'
import type { Random } from './random.ts'

/** An input with this in its text throws when it is folded, until it is quarantined. */
export const POISON = 'poison'

/** Entries that are read at once, and how long that takes: a start takes several steps. */
const PAGE = 32
const READ_MS = 400

export class DiskFull extends Error {}
/** An append of which the journal says that it never happened. */
export class Lost extends Error {}

export type Disk = {
  readonly epoch: string
  readonly entries: Entry[]
  /** The marks of quarantine, apart from the entries. */
  readonly marks: Map<number, string>
  readonly committed: Subject<readonly Entry[]>
  readonly kept: Snapshot[]
  past: { readonly messages: readonly Recorded[]; readonly seq: number }
  /** The places of messages that are not kept: a gap counts them. */
  readonly places: Map<number, Recorded>
  /** While true, nothing more can be stored. */
  full: boolean
  /** Milliseconds that a commit takes. */
  slow: number
  /** The outcomes of appends from now on; each is known after so many milliseconds. */
  fate: Fate
  doubt: number
  /** Writes under way. */
  readonly writes: Set<Write>
}

/** `late`: it arrives late. `quiet`: it arrives at once, and the acknowledgement is late. `never`: it's lost. */
export type Fate = 'sure' | 'late' | 'quiet' | 'never'

/** A write of `by`; `mayOutlive`: it arrives even if that process is dead. */
type Write = { readonly by: Process; readonly mayOutlive: boolean }

export const newDisk = (): Disk => ({
  epoch: 'epoch',
  entries: [],
  marks: new Map(),
  committed: new Subject(),
  kept: [],
  past: { messages: [], seq: 0 },
  places: new Map(),
  full: false,
  slow: 0,
  fate: 'sure',
  doubt: 0,
  writes: new Set(),
})

/** The process is dead: what it had not stored is lost, unless it is on its way in a replicated log. */
export function abandon(disk: Disk, process: Process): void {
  for (const write of disk.writes) if (write.by === process && !write.mayOutlive) disk.writes.delete(write)
}

/**
 * Is called with every commit when it is on the disk, before anybody else learns of it. Its inputs came at `since` or
 * later, in elapsed milliseconds: until then the journal was idle.
 */
export type Stored = (entries: readonly Entry[], since: number) => void

export function mountJournal(
  disk: Disk,
  process: Process,
  stored: Stored,
  lag: Lag | null = null,
): Journal & { readonly hasAll: () => boolean } {
  const closed = new Subject<void>()
  const inbox = lag ? new Inbox(disk, process, lag) : null
  /** How much of the disk this process has been given. */
  const given = (): number => inbox?.given ?? disk.entries.length
  const { elapsed } = process.clock()
  let [busySince, idleAt] = [0, -1]
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
    stored(added, since)
    // At this point a commit is on the disk, and nobody knows of it.
    disk.committed.next(added)
  }

  async function append(batch: readonly Draft[]): Promise<void> {
    // Appends of earlier processes are refused from now on.
    for (const write of disk.writes) {
      if (write.by !== process && write.by.origin === process.origin) disk.writes.delete(write)
    }
    const { fate, doubt } = disk
    if (elapsed() > idleAt) busySince = elapsed()
    const since = busySince
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
    append: batch =>
      append(batch).finally(() => {
        idleAt = elapsed()
      }),
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

/** An entry as it is read: a poisoned one throws as soon as its room is read. */
export function armed(entry: Entry): Entry {
  if (!entry.texts.text?.includes(POISON) || entry.quarantined !== null) return entry
  const trap = Object.defineProperty({ ...entry.input }, 'room', {
    get() {
      throw new Error('poisoned')
    },
  })
  return { ...entry, input: trap }
}

/** A history in memory, on top of what is on the disk; it is stored now and then. */
export function mountHistory(disk: Disk, process: Process, chance: Random): History {
  const inner = memoryHistory(seq => disk.entries[seq - 1]?.texts.text ?? null, disk.past)
  let messages = [...disk.past.messages]
  const bySeq = new Map([...disk.places, ...messages.map(message => [message.seq, message] as const)])
  const places = memoryHistory(() => null, {
    messages: [...bySeq.values()].sort((a, b) => a.seq - b.seq),
    seq: disk.past.seq,
  })
  const flush = (): void => {
    if (process.lives() && inner.seq >= disk.past.seq) disk.past = { messages: [...messages], seq: inner.seq }
  }
  // Getters of `inner` are read anew each time.
  return Object.assign(Object.create(inner) as History, {
    apply(step: Step) {
      messages.push(...recordedOf(step))
      inner.apply(step)
      places.apply(step)
      if (chance.chance(0.1)) flush()
    },
    flush,
    clear() {
      messages = []
      inner.clear()
      places.clear()
    },
    count: places.count,
  })
}
