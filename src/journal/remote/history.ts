/**
 * The history of a worker: the tables of the process with the journal, and what the worker has folded since. A server
 * that stores nothing has only the latter.
 */
import { join } from 'node:path'
import { MEMORY_HISTORY_MESSAGES } from '../../model/limits.ts'
import type { Step } from '../../model/step.ts'
import type { History } from '../../port/history.ts'
import { memoryHistory } from '../memory-history.ts'
import { FollowingHistory } from '../sqlite/history/following.ts'
import { JOURNAL_FILE } from '../sqlite/store.ts'

/** `directory` is the data directory of the server; null: in memory. Throws DataError. */
export const workerHistory = (directory: string | null): History =>
  directory === null ? inMemory() : new WorkerHistory(join(directory, JOURNAL_FILE))

/**
 * A text is erased from the journal before the input comes that says so. What is left of it here is erased when it does,
 * before anybody is told.
 */
const erasedBy = ({ events }: Step): readonly number[] =>
  events.flatMap(({ event }) => {
    if (event.type === 'spent') return event.targets
    return event.type === 'deleted' ? [event.target] : []
  })

class WorkerHistory extends FollowingHistory {
  override apply(step: Step): void {
    super.apply(step)
    const erased = erasedBy(step)
    if (erased.length > 0) this.erased(erased)
  }
}

function inMemory(): History {
  const texts = new Map<number, string>()
  const inner = memoryHistory(seq => texts.get(seq) ?? null)

  function apply(step: Step): void {
    if (step.text !== null) texts.set(step.seq, step.text)
    inner.apply(step)
    for (const target of erasedBy(step)) {
      texts.delete(target)
      inner.touch()
    }
    for (const oldest of texts.keys()) {
      if (texts.size <= 2 * MEMORY_HISTORY_MESSAGES) break
      texts.delete(oldest)
    }
  }

  // Getters of `inner` are read anew each time.
  return Object.assign(Object.create(inner) as History, { apply })
}
