/** A journal on which things go wrong when a test says so: over a sound one, whose order and numbers it keeps. */
import { map } from 'rxjs'
import { memoryJournal } from '../../src/journal/memory.ts'
import type { Draft, Entry } from '../../src/model/input.ts'
import type { Journal } from '../../src/port/journal.ts'

export const POISON = 'poison'
/** What says this comes back marked already, as what another server has set aside. */
export const SET_ASIDE = 'set aside'

export type TroubledJournal = Journal & {
  /** While true, nothing can be stored. */
  full: boolean
  /** What a commit waits for. */
  held: Promise<void>
  /** What other servers write before the next batch. */
  readonly foreign: Draft[]
}

export function troubledJournal(inner: Journal = memoryJournal('epoch')): TroubledJournal {
  const foreign: Draft[] = []
  return {
    ...inner,
    full: false,
    held: Promise.resolve(),
    foreign,
    committed$: inner.committed$.pipe(map(entries => entries.map(poisoned))),
    read: seq => [...inner.read(seq)].map(poisoned),
    async append(batch) {
      if (this.full) throw new Error('the disk is full')
      await this.held
      return inner.append([...foreign.splice(0), ...batch])
    },
  }
}

/** An input that says POISON, or has it for a name, throws as soon as anybody looks at its room. */
function poisoned(entry: Entry): Entry {
  const { input, text } = entry
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
