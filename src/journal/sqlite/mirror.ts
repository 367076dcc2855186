/** A data directory as the mirror of a replicated log. Without the log, it's the data directory of one server. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Mirror } from '../replicated/mirror.ts'
import type { Places } from '../replicated/stream/places.ts'
import { systemDisk } from './file/disk.ts'
import type { SqliteHistory } from './history/history.ts'
import { sqlitePlaces } from './places.ts'
import { openStore } from './store.ts'

export type MirrorStore = {
  readonly mirror: Mirror
  readonly places: Places
  readonly history: SqliteHistory
  /** The name of this directory's server, if it was given none. */
  readonly origin: string
}

export const PLACES_FILE = 'places.db'

/**
 * Opens or creates the directory. `id` gives the epoch of a new one, and then the name of its server. Closing the mirror
 * and the places closes it. Throws a DataError.
 */
export function openMirror(directory: string, id: () => string, disk = systemDisk): MirrorStore {
  const { journal, history, origin } = openStore(directory, id, disk)
  try {
    return { mirror: journal, places: sqlitePlaces(join(directory, PLACES_FILE)), history, origin }
  } catch (error) {
    void journal.close()
    throw error
  }
}

/**
 * Makes it the directory of a server that is alone, which writes inputs that no log has. The directory must be open, so
 * that nobody else has it.
 */
export function leaveLog(directory: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(join(directory, `${PLACES_FILE}${end}`), { force: true })
}
