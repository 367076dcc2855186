/** A journal that fails when a test says so. A sound journal behind it gives order and numbers. */
import { map } from 'rxjs'
import { type MemoryJournal, memoryJournal } from '../../src/journal/memory.ts'
import type { Draft, Entry } from '../../src/model/input.ts'
import type { Journal } from '../../src/port/journal.ts'

export const POISON = 'poison'
/** An input with this text comes back marked already, as if another server had quarantined it. */
export const SET_ASIDE = 'set aside'

/** A journal whose texts a history in memory reads. */
type TextJournal = Journal & Partial<Pick<MemoryJournal, 'textOf'>>

export type TroubledJournal = TextJournal & {
  /** While true, nothing can be stored. */
  full: boolean
  /** Appends wait for this; if it rejects, they fail. Until then their outcome isn't known. */
  held: Promise<void>
  /** Appends are acknowledged after this. By then their entries have come back. */
  acknowledged: Promise<void>
  /** Inputs that other servers write before the next batch. */
  readonly foreign: Draft[]
}

export function troubledJournal(inner: TextJournal = memoryJournal('epoch')): TroubledJournal {
  const foreign: Draft[] = []
  return {
    ...inner,
    full: false,
    held: Promise.resolve(),
    acknowledged: Promise.resolve(),
    foreign,
    committed$: inner.committed$.pipe(map(entries => entries.map(poisoned))),
    async *read(seq) {
      for await (const entries of inner.read(seq)) yield entries.map(poisoned)
    },
    async append(batch) {
      if (this.full) throw new Error('the disk is full')
      await this.held
      await inner.append([...foreign.splice(0), ...batch])
      await this.acknowledged
    },
  }
}

/** An input with POISON as its text or name throws as soon as its room is read. */
function poisoned(entry: Entry): Entry {
  const { input } = entry
  const { text } = entry.texts
  if (text === SET_ASIDE) return { ...entry, quarantined: 'elsewhere' }
  const isPoison = text === POISON || (input.type === 'hello' && input.name.text === POISON)
  if (!isPoison) return entry
  const trap = Object.defineProperty({ ...input }, 'room', {
    get() {
      throw new Error('poisoned')
    },
  })
  return { ...entry, input: trap }
}
