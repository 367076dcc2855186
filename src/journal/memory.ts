/** The journal in memory: what `--ephemeral` uses, and the tests. It keeps the latest entries for a replay. */
import { Subject } from 'rxjs'
import type { Draft, Entry } from '../model/input.ts'
import { MEMORY_JOURNAL_ENTRIES } from '../model/limits.ts'
import type { Journal } from '../port/journal.ts'

/** `epoch` must differ for every journal; `keep` bounds how many entries `read` can give. */
export function memoryJournal(epoch: string, keep = MEMORY_JOURNAL_ENTRIES): Journal {
  const committed = new Subject<readonly Entry[]>()
  let entries: Entry[] = []
  let last = 0

  const commit = (batch: readonly Draft[]): void => {
    const added = batch.map(draft => ({ ...draft, seq: ++last, quarantined: null }))
    entries.push(...added)
    // Trimmed by halves, so that an entry is moved once on average.
    if (entries.length > keep * 2) entries = entries.slice(-keep)
    committed.next(added)
  }

  return {
    epoch,
    committed$: committed.asObservable(),
    read: seq => entries.filter(entry => entry.seq > seq),
    append: batch => Promise.resolve().then(() => commit(batch)),
    quarantine: async (seq, reason) => {
      entries = entries.map(entry => (entry.seq === seq ? { ...entry, quarantined: reason } : entry))
    },
    close: async () => committed.complete(),
  }
}
