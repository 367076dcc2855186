/** The server's data directory, and the stores that it opens there: on disk, or in memory. */
import { memoryJournal } from '../journal/memory.ts'
import { memoryHistory } from '../journal/memory-history.ts'
import { leaveLog } from '../journal/sqlite/mirror.ts'
import { openStore } from '../journal/sqlite/store.ts'
import type { Entropy } from '../port/entropy.ts'
import type { History } from '../port/history.ts'
import type { Journal } from '../port/journal.ts'

export type Data = {
  readonly journal: Journal
  readonly history: History
  /** The name of this server in its journal. */
  readonly origin: string
}

/** `directory` null: in memory. Rejects with a DataError. */
export async function openData(directory: string | null, entropy: Entropy): Promise<Data> {
  if (directory === null) return inMemory(entropy)
  const store = openStore(directory, () => entropy.id())
  leaveLog(directory)
  return store
}

function inMemory(entropy: Entropy): Data {
  const journal = memoryJournal(entropy.id())
  return { journal, history: memoryHistory(journal.textOf), origin: entropy.id() }
}
