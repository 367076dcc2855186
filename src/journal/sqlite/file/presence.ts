/**
 * Checks that the open files are still those under their names. SQLite writes on into a file that was removed, and
 * reports nothing. Such data is lost when the process ends.
 */
import { statSync } from 'node:fs'
import { DataError } from '../../data-error.ts'
import { logFile } from '../log/file.ts'

/**
 * Remembers the file and its two logs as they are now. The returned function throws DataError if one is replaced or missing.
 */
export function presence(file: string): () => void {
  const files = [file, `${file}-wal`, logFile(file)]
  const opened = files.map(identity)
  return () => {
    const changed = files.find((path, at) => identity(path) !== opened[at])
    if (changed === undefined) return
    throw new DataError(
      `${changed} was removed or replaced while the server ran, so nothing can be stored. Put it back; or stop the server, restore a backup, and start again.`,
    )
  }
}

/** Null: there's no such file. */
function identity(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}` : null
}
