/**
 * The key that identifies this server to push services. Browsers subscribe with its public half, so it stays the same
 * at every start. It's in its own file beside the journal, which holds no secret.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataError } from '../journal/data-error.ts'
import { newPushKey, type PushKeys, readPushKey } from '../transport/push/keys.ts'

const fileIn = (directory: string): string => join(directory, 'push.key')

/** The key, as it's written. Made at the first start. `directory` null: it's gone with the server. Throws DataError. */
export function ownPushKey(directory: string | null): string {
  if (directory === null) return newPushKey()
  const file = fileIn(directory)
  return orDataError(file, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return keptIn(file) ?? made(file)
  })
}

/** Throws DataError. `directory`: the folder of the key; null: it isn't stored. */
export function openPushKey(directory: string | null, written = ownPushKey(directory)): PushKeys {
  try {
    return readPushKey(written)
  } catch {
    const where = directory === null ? 'The key for notifications' : fileIn(directory)
    throw new DataError(`${where} is damaged. Restore it, or delete it: then every browser has to subscribe again.`)
  }
}

/** Several servers share one key. This one keeps it, too, in case that the others are gone. Throws DataError. */
export function keepPushKey(directory: string, written: string): void {
  const file = fileIn(directory)
  orDataError(file, () => {
    if (keptIn(file) !== written) renameSync(draftOf(file, written), file)
  })
}

/** Such as on a full disk. */
function orDataError<T>(file: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    throw new DataError(`${file} cannot be read or written: ${(error as Error).message}. See to that, and start again.`)
  }
}

function made(file: string): string {
  const draft = draftOf(file, newPushKey())
  try {
    // Another process of this directory may be faster: then its key counts.
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  rmSync(draft)
  return keptIn(file) ?? ''
}

/** The whole key is on the disk before the file has its name. */
function draftOf(file: string, key: string): string {
  const draft = `${file}.${process.pid}.new`
  writeFileSync(draft, `${key}\n`, { mode: 0o600, flush: true })
  return draft
}

function keptIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
