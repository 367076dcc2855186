/** The journal in memory, for `--ephemeral` and for tests. It keeps the latest entries for a replay. */
import { Subject } from 'rxjs'
import type { Draft, Entry, Input } from '../model/input.ts'
import { MEMORY_JOURNAL_ENTRIES, MEMORY_OUTPUT_BYTES, PIECE_BYTES } from '../model/limits.ts'
import type { Journal, Snapshot } from '../port/journal.ts'
import { inPieces, NOTHING, type Piece } from './pieces.ts'
import type { Mirror } from './replicated/mirror.ts'

export type MemoryJournal = Journal &
  Mirror & {
    /** The text of an input; null if it has none, or if it's gone. */
    readonly textOf: (seq: number) => string | null
  }

/** `epoch` must differ for every journal; `keep` is the number of entries that `read` can give. */
export function memoryJournal(epoch: string, keep = MEMORY_JOURNAL_ENTRIES): MemoryJournal {
  const committed = new Subject<readonly Entry[]>()
  let entries: Entry[] = []
  /** The networks of sanctions: they are needed for longer than the entries that are kept. */
  const networks = new Map<number, string>()
  /** Pieces of live messages, oldest first. */
  const outputs: { readonly seq: number; readonly size: number }[] = []
  let outputBytes = 0
  let kept: Snapshot | null = null
  let last = 0

  const adopt = (batch: readonly Draft[]): readonly Entry[] => {
    const added = batch.map(draft => ({ ...draft, seq: ++last, quarantined: null }))
    entries.push(...added)
    for (const { seq, input, texts } of added) {
      if (NETWORKS.has(input.type) && texts.text !== undefined) networks.set(seq, texts.text)
      if (input.type === 'grow') addOutput(seq, input.size)
    }
    // Trimmed by halves, so that each entry is moved once on average.
    if (entries.length > keep * 2) {
      entries = entries.slice(-keep)
      forgetOutputs(entries[0]?.seq ?? 1)
    }
    return added
  }

  /** The oldest goes, so that the output of programs doesn't take all the memory. */
  const addOutput = (seq: number, size: number): void => {
    outputs.push({ seq, size })
    outputBytes += size
    while (outputBytes > MEMORY_OUTPUT_BYTES) {
      const oldest = outputs.shift()
      if (!oldest) return
      outputBytes -= oldest.size
      const at = oldest.seq - (entries[0]?.seq ?? 1)
      const entry = entries[at]
      if (entry) entries[at] = { ...entry, texts: {} }
    }
  }

  /** Forgets the output of entries that are no longer kept. */
  const forgetOutputs = (before: number): void => {
    const kept = outputs.findIndex(({ seq }) => seq >= before)
    for (const { size } of outputs.splice(0, kept < 0 ? outputs.length : kept)) outputBytes -= size
  }

  const without = (isGone: (seq: number) => boolean): void => {
    entries = entries.map(entry => (isGone(entry.seq) ? { ...entry, texts: {} } : entry))
    for (const seq of networks.keys()) if (isGone(seq)) networks.delete(seq)
  }

  const textOf = (seq: number): string | null => entries[seq - (entries[0]?.seq ?? 1)]?.texts.text ?? null

  return {
    epoch,
    get base() {
      return (entries[0]?.seq ?? last + 1) - 1
    },
    get last() {
      return last
    },
    adopt,
    usable: async () => {},
    stored: async () => {},
    begin: async snapshot => {
      kept = snapshot
      last = snapshot.seq
    },
    committed$: committed.asObservable(),
    async *read(seq) {
      const found = entries.filter(entry => entry.seq > seq)
      if (found.length > 0) yield found
    },
    textOf,
    async texts(seqs) {
      const found = new Map<number, string>()
      for (const seq of seqs) {
        const text = networks.get(seq) ?? textOf(seq)
        if (text !== null) found.set(seq, text)
      }
      return found
    },
    append: batch => Promise.resolve().then(() => committed.next(adopt(batch))),
    quarantine: async (seq, reason) => {
      entries = entries.map(entry => (entry.seq === seq ? { ...entry, quarantined: reason } : entry))
    },
    snapshot: async (upTo = last) => (kept !== null && (kept.seq <= upTo || (entries[0]?.seq ?? 1) > 1) ? kept : null),
    keep: async ({ seq, state }) => {
      if (seq > last) throw new RangeError(`there is no input ${seq} to keep a state of`)
      kept = { seq, state: await inPieces(joined(state)) }
    },
    erase: async seqs => {
      const gone = new Set(seqs)
      without(seq => gone.has(seq))
    },
    forget: async (seq, _, later = []) => {
      without(each => each <= seq || later.includes(each))
      const dispensable = kept !== null && kept.seq <= seq ? kept.seq : 0
      entries = entries.filter(entry => entry.seq > dispensable)
    },
    close: async () => committed.complete(),
  }
}

const NETWORKS: ReadonlySet<Input['type']> = new Set(['restrict-network', 'carry'])

function* joined(parts: Iterable<string>): Generator<Piece, string> {
  let [text, yielded] = ['', 0]
  for (const part of parts) {
    if (part === '') yield NOTHING
    text += part
    if (text.length - yielded < PIECE_BYTES) continue
    yield { rows: 0, bytes: text.length - yielded }
    yielded = text.length
  }
  return text
}
