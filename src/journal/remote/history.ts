/**
 * The history of a worker: the tables of the process with the journal, and the steps that the worker has folded since.
 * A server that stores nothing has only these steps.
 */
import { join } from 'node:path'
import { MEMORY_HISTORY_MESSAGES } from '../../model/limits.ts'
import type { Step } from '../../model/step.ts'
import type { History } from '../../port/history.ts'
import { memoryHistory } from '../memory-history.ts'
import { textOfStep } from '../recorded.ts'
import { FollowingHistory } from '../sqlite/history/following.ts'
import { JOURNAL_FILE } from '../sqlite/store.ts'

/** `directory` is the data directory of the server; null: in memory. Throws DataError. */
export const workerHistory = (directory: string | null): History =>
  directory === null ? inMemory() : new WorkerHistory(join(directory, JOURNAL_FILE))

/**
 * A text is erased from the journal before the input of the deletion comes. Its copy here is erased with that input,
 * before anybody hears of it. `placesOf`: the inputs with texts of a message, before the step.
 */
const erasedBy = ({ events }: Step, placesOf: (target: number) => readonly number[]): readonly number[] =>
  events.flatMap(({ event }) => {
    if (event.type === 'spent') return event.targets
    return event.type === 'deleted' || event.type === 'edited' ? placesOf(event.target) : []
  })

class WorkerHistory extends FollowingHistory {
  override apply(step: Step): void {
    const erased = erasedBy(step, target => this.placesOf(target))
    super.apply(step)
    if (erased.length > 0) this.erased(erased)
  }
}

function inMemory(): History {
  const texts = new Map<number, string>()
  const inner = memoryHistory(seq => texts.get(seq) ?? null)

  function apply(step: Step): void {
    const erased = erasedBy(step, target => inner.textPlaces(target))
    const text = textOfStep(step)
    if (text) texts.set(text.at, text.text)
    inner.apply(step)
    for (const seq of erased) texts.delete(seq)
    if (erased.length > 0) inner.touch()
    for (const oldest of texts.keys()) {
      if (texts.size <= 2 * MEMORY_HISTORY_MESSAGES) break
      texts.delete(oldest)
    }
  }

  // Getters of `inner` are read anew each time.
  return Object.assign(Object.create(inner) as History, { apply })
}
