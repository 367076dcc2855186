/**
 * A node's copy of the log on its own disk. A process that dies loses its unstored inputs; its erased texts stay
 * erased.
 */
import type { Mirror } from '../../../src/journal/replicated/mirror.ts'
import type { Draft, Entry } from '../../../src/model/input.ts'
import type { Snapshot } from '../../../src/port/journal.ts'
import { textsIn } from '../disk.ts'
import { armed } from '../poison.ts'
import type { Process } from '../process.ts'
import type { Random } from '../random.ts'

/** Entries that are read at once, and how long that takes: a start takes several steps. */
const PAGE = 32
const READ_MS = 50

export class MirrorDisk {
  readonly epoch: string
  /** Inputs up to this one are not here. */
  base = 0
  entries: readonly Entry[] = []
  readonly marks = new Map<number, string>()
  readonly kept: Snapshot[] = []
  /** It gets a grant with this name wrong, once that comes: then its node is not the same as the others any more. */
  misreads: string | null = null
  isWrong = false

  constructor(epoch: string) {
    this.epoch = epoch
  }

  get last(): number {
    return this.base + this.entries.length
  }

  /** The text of an input as it is stored. */
  textOf = (seq: number): string | null => this.entries[seq - this.base - 1]?.texts.text ?? null

  withoutTexts(isGone: (seq: number) => boolean): void {
    this.entries = without(this.entries, isGone)
  }
}

export type MountedMirror = Mirror & { readonly textOf: (seq: number) => string | null }

/** `chance`: whether new inputs are stored at once. `begun`: it begins with the state of another node. */
export function mountMirror(disk: MirrorDisk, process: Process, chance: Random, begun: () => void): MountedMirror {
  let entries = [...disk.entries]
  const read = (entry: Entry): Entry => armed({ ...entry, quarantined: disk.marks.get(entry.seq) ?? null })
  const lastOf = (): number => disk.base + entries.length
  /** Never settles once the process is dead. */
  const eventually = <T>(ms: number, act: () => T): Promise<T> =>
    new Promise(resolve => {
      if (process.lives()) process.later(ms, () => process.lives() && resolve(act()))
    })
  const erase = (isGone: (seq: number) => boolean): Promise<void> =>
    eventually(0, () => {
      entries = without(entries, isGone)
      disk.withoutTexts(isGone)
    })
  const stored = (): Promise<void> => {
    const last = lastOf()
    return eventually(1, () => {
      if (last > disk.last) disk.entries = entries.filter(({ seq }) => seq <= last)
    })
  }

  return {
    epoch: disk.epoch,
    get base() {
      return disk.base
    },
    get last() {
      return lastOf()
    },
    textOf: seq => entries[seq - disk.base - 1]?.texts.text ?? null,
    async *read(seq) {
      const until = lastOf()
      for (let at = seq; at < until; at += PAGE) {
        const [from, to] = [at, Math.min(at + PAGE, until)]
        yield await eventually(READ_MS, () => entries.filter(one => one.seq > from && one.seq <= to).map(read))
      }
    },
    texts: seqs => eventually(READ_MS, () => textsIn(seqs, seq => entries[seq - disk.base - 1]?.texts.text ?? null)),
    adopt(drafts) {
      const first = lastOf() + 1
      const added = drafts.map((draft, k) => ({ ...misread(disk, draft), seq: first + k, quarantined: null }))
      entries.push(...added)
      if (chance.chance(0.3)) void stored()
      return added.map(read)
    },
    usable: async () => {},
    stored,
    begin: snapshot =>
      eventually(0, () => {
        disk.base = snapshot.seq
        disk.kept.push(snapshot)
        begun()
      }),
    quarantine: (seq, reason) => eventually(0, () => void disk.marks.set(seq, reason)),
    snapshot: (upTo = Number.MAX_SAFE_INTEGER) =>
      eventually(READ_MS, () => {
        const most = Math.min(upTo, lastOf())
        return disk.kept.findLast(({ seq }) => seq <= most) ?? (disk.base > 0 ? (disk.kept[0] ?? null) : null)
      }),
    keep: ({ seq, state }) =>
      eventually(1, () => {
        disk.kept.push({ seq, state: [...state].join('') })
        disk.kept.sort((a, b) => a.seq - b.seq)
      }),
    erase: seqs => {
      const gone = new Set(seqs)
      return erase(seq => gone.has(seq))
    },
    async forget(seq) {
      await stored()
      await erase(each => each <= seq)
      const kept = disk.kept.findLast(one => one.seq <= seq && one.seq <= disk.last)
      if (!kept || kept.seq <= disk.base) return
      disk.kept.splice(0, disk.kept.indexOf(kept))
      entries = entries.filter(one => one.seq > kept.seq)
      disk.entries = disk.entries.filter(one => one.seq > kept.seq)
      disk.base = kept.seq
    },
    close: async () => {},
  }
}

function misread(disk: MirrorDisk, draft: Draft): Draft {
  const { input } = draft
  if (input.type !== 'grant' || input.name.text !== disk.misreads) return draft
  disk.isWrong = true
  return { ...draft, input: { ...input, write: !input.write } }
}

const without = (entries: readonly Entry[], isGone: (seq: number) => boolean): Entry[] =>
  entries.map(entry => (isGone(entry.seq) ? { ...entry, texts: {} } : entry))
