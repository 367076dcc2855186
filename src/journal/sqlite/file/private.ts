/** Files that only the user of the server can read. */
import { accessSync, chmodSync, closeSync, constants, existsSync, openSync } from 'node:fs'

/**
 * Creates the file, or checks that it can be written. SQLite gives the same rights to the log and the index beside a
 * file. Throws the error of the system.
 */
export function privateFile(file: string): void {
  // An existing file isn't opened: to close it again would release this process's locks on it.
  if (existsSync(file)) accessSync(file, constants.W_OK)
  else closeSync(openSync(file, 'a', 0o600))
}

/** The same, also if the file, its log or its index was readable by others until now. */
export function madePrivate(file: string): void {
  privateFile(file)
  for (const end of ['', '-wal', '-shm']) if (existsSync(file + end)) chmodSync(file + end, 0o600)
}
