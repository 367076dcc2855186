/**
 * Whether the files that are open are still the ones of their names. SQLite writes on into a file that was removed, and
 * says nothing; what it would store there is gone with the process.
 */
import { statSync } from 'node:fs'
import { DataError } from '../data-error.ts'

/** For the file and its log as they are now. What it returns throws DataError as soon as one is another or not there. */
export function presence(file: string): () => void {
  const files = [file, `${file}-wal`]
  const opened = files.map(identity)
  return () => {
    const changed = files.find((path, at) => identity(path) !== opened[at])
    if (changed === undefined) return
    throw new DataError(
      `${changed} was removed or replaced while the server ran, so nothing can be stored. Put it back; or stop the server, restore a backup, and start again.`,
    )
  }
}

/** Null: there is none. */
function identity(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : null
}
