/**
 * The disk with a server's journal and history. It outlives the process; what a process had not stored when it died is
 * lost. A commit is stored whole or not at all, like a transaction; the history may lag behind.
 */
import { Subject } from 'rxjs'
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

/** Entries that are read at once: so few that a start takes several steps. */
const PAGE = 32

export class DiskFull extends Error {}

export type Disk = {
  readonly epoch: string
  readonly entries: Entry[]
  readonly kept: Snapshot[]
  past: { readonly messages: readonly Recorded[]; readonly seq: number }
  /** While true, nothing more can be stored. */
  full: boolean
  /** Milliseconds that a commit takes. */
  slow: number
  /** Commits under way. */
  busy: number
}

export const newDisk = (): Disk => ({
  epoch: 'epoch',
  entries: [],
  kept: [],
  past: { messages: [], seq: 0 },
  full: false,
  slow: 0,
  busy: 0,
})

/** `stored` is called with every commit when it is on the disk, before anybody else learns of it. */
export function mountJournal(disk: Disk, process: Process, stored: (entries: readonly Entry[]) => void): Journal {
  const committed = new Subject<readonly Entry[]>()

  /** Reads; for a process that died meanwhile there is no answer. */
  const answered = <T>(read: () => T): Promise<T> =>
    new Promise(resolve => {
      if (process.lives()) process.later(0, () => process.lives() && resolve(read()))
    })

  /** Acts when the disk gets to it; never, if the process dies before. */
  const eventually = <T>(act: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      if (!process.lives()) return
      disk.busy++
      process.later(disk.slow, () => {
        disk.busy--
        if (!process.lives()) return
        if (disk.full) return reject(new DiskFull('the disk is full'))
        resolve(act())
      })
    })

  function commit(batch: readonly Draft[]): void {
    const added = batch.map((draft, at) => ({ ...draft, seq: disk.entries.length + at + 1, quarantined: null }))
    disk.entries.push(...added)
    stored(added)
    // At this point a commit is on the disk, and nobody knows of it.
    if (process.lives()) committed.next(added.map(armed))
  }

  return {
    epoch: disk.epoch,
    base: 0,
    committed$: committed.asObservable(),
    async *read(seq) {
      const until = disk.entries.length
      for (let at = seq; at < until; at += PAGE) {
        yield await answered(() => disk.entries.slice(at, Math.min(at + PAGE, until)).map(armed))
      }
    },
    append: batch => eventually(() => commit(batch)),
    quarantine: (seq, reason) =>
      eventually(() => {
        disk.entries[seq - 1] = { ...(disk.entries[seq - 1] as Entry), quarantined: reason }
      }),
    snapshot: (upTo = Number.MAX_SAFE_INTEGER) => answered(() => disk.kept.findLast(({ seq }) => seq <= upTo) ?? null),
    keep: ({ seq, state }) =>
      eventually(() => {
        disk.kept.push({ seq, state: [...state].join('') })
        disk.kept.sort((a, b) => a.seq - b.seq)
      }),
    erase: seqs =>
      eventually(() => {
        for (const seq of seqs) disk.entries[seq - 1] = { ...(disk.entries[seq - 1] as Entry), text: null }
      }),
    forget: seq =>
      eventually(() => {
        for (const entry of disk.entries.slice(0, seq)) disk.entries[entry.seq - 1] = { ...entry, text: null }
        const { messages } = disk.past
        disk.past = { ...disk.past, messages: messages.filter(message => message.seq > seq) }
      }),
    close: async () => committed.complete(),
  }
}

/** An entry as it is read: a poisoned one throws as soon as its room is read. */
export function armed(entry: Entry): Entry {
  if (!entry.text?.includes(POISON) || entry.quarantined !== null) return entry
  const trap = Object.defineProperty({ ...entry.input }, 'room', {
    get() {
      throw new Error('poisoned')
    },
  })
  return { ...entry, input: trap }
}

/** A history in memory, on top of what is on the disk; it is stored now and then. */
export function mountHistory(disk: Disk, process: Process, chance: Random): History {
  const inner = memoryHistory(seq => disk.entries[seq - 1]?.text ?? null, disk.past)
  let messages = [...disk.past.messages]
  const flush = (): void => {
    if (process.lives()) disk.past = { messages: [...messages], seq: inner.seq }
  }
  // Getters of `inner` are read anew each time.
  return Object.assign(Object.create(inner) as History, {
    apply(step: Step) {
      messages.push(...recordedOf(step))
      inner.apply(step)
      if (chance.chance(0.1)) flush()
    },
    flush,
    clear() {
      messages = []
      inner.clear()
    },
  })
}
