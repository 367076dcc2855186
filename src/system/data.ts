/** The server's data directory, and the stores that it opens there: on disk, or in memory. */
import { join } from 'node:path'
import { blobDirectory, FILES_FOLDER } from '../journal/blobs/directory.ts'
import { memoryBlobs } from '../journal/blobs/memory.ts'
import { memoryJournal } from '../journal/memory.ts'
import { memoryHistory } from '../journal/memory-history.ts'
import { leaveLog } from '../journal/sqlite/mirror.ts'
import { openStore } from '../journal/sqlite/store.ts'
import type { Blobs } from '../port/blobs.ts'
import type { Entropy } from '../port/entropy.ts'
import type { History } from '../port/history.ts'
import type { Journal } from '../port/journal.ts'

export type Data = {
  readonly journal: Journal
  readonly history: History
  readonly blobs: Blobs
  /** The name of this server in its journal. */
  readonly origin: string
}

/** `directory` null: in memory. Rejects with a DataError. */
export async function openData(directory: string | null, entropy: Entropy): Promise<Data> {
  if (directory === null) return inMemory(entropy)
  // It takes the lock.
  const store = openStore(directory, () => entropy.id())
  leaveLog(directory)
  return { ...store, blobs: await blobDirectory(join(directory, FILES_FOLDER)) }
}

function inMemory(entropy: Entropy): Data {
  const journal = memoryJournal(entropy.id())
  return { journal, history: memoryHistory(journal.textOf), blobs: memoryBlobs(), origin: entropy.id() }
}
