/**
 * The room after a start: the latest snapshot, and every later entry folded again. If the history lags behind that, or
 * was cleared, an earlier snapshot or the first entry is the beginning, and the history is recorded anew from there.
 */
import { type DataError, LastingError } from '../../journal/data-error.ts'
import { FORMAT } from '../../model/format.ts'
import type { Entry } from '../../model/input.ts'
import { initialState, type State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { History } from '../../port/history.ts'
import type { Journal } from '../../port/journal.ts'
import { isBeyond } from '../../reducer/format.ts'
import { fromSnapshot } from '../../reducer/snapshot.ts'
import { step } from '../../reducer/step.ts'

/** The journal has been read; entries that are committed from now on are held until `finish`. */
export type Recovery = {
  /** The room with all inputs committed so far. To be called once; the caller then subscribes in the same turn. */
  readonly finish: () => State
}

/**
 * `withText` gives an entry the text that it refers to, if it's known by then. Quarantined entries are skipped. An
 * entry that fails only now is given to `quarantine` and skipped, too. Rejects with the errors of reading the journal,
 * and with DataError if entries that led to the room are missing, or if they are of rules beyond `reads`.
 */
export async function recover(
  journal: Journal,
  history: History,
  quarantine: (entry: Entry, error: unknown) => void,
  folded: (step: Step) => void = () => {},
  reads: number = FORMAT,
  withText: (entry: Entry) => Entry = entry => entry,
): Promise<Recovery> {
  let state = initialState
  let seq = 0
  const take = (done: Step): void => {
    state = done.after
    folded(done)
    if (seq > history.seq) history.apply(done)
    if (seq % FLUSH_EVERY === 0) history.flush()
  }
  const fold = (entry: Entry): void => {
    if (entry.seq !== seq + 1) throw incomplete(seq)
    seq = entry.seq
    if (entry.quarantined !== null) return
    let isKnown = true
    try {
      const done = step(state, withText(entry))
      isKnown = !isBeyond(done, reads)
      if (isKnown) take(done)
    } catch (error) {
      quarantine(entry, error)
    }
    if (!isKnown) throw beyond(seq)
  }
  // Other servers write to the journal while it is read.
  const held: Entry[] = []
  const holding = journal.committed$.subscribe(entries => held.push(...entries))
  try {
    const kept = await journal.snapshot(Math.max(history.seq, journal.base))
    state = (kept && fromSnapshot(kept.state, reads)) ?? initialState
    seq = state.seq
    for await (const entries of journal.read(seq, 'inputs')) entries.forEach(fold)
    if (kept && seq < kept.seq) throw incomplete(seq)
  } catch (error) {
    holding.unsubscribe()
    throw error
  }
  return {
    finish() {
      holding.unsubscribe()
      const read = seq
      held.filter(entry => entry.seq > read).forEach(fold)
      return state
    },
  }
}

/** The history is flushed after so many inputs, so that a long journal does not fill the memory. */
const FLUSH_EVERY = 10_000

export const beyond = (seq: number): DataError =>
  new LastingError(
    `from input ${seq} on the journal is of a newer rxchat. Update rxchat, or choose another directory with --data.`,
  )

const incomplete = (seq: number): DataError =>
  new LastingError(
    `the journal has no input ${seq + 1} any more, and this version of rxchat cannot read the state that was kept in its place. Start the version that kept it.`,
  )
