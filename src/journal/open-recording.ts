/** Opens a journal by its path: a data directory, the journal.db in it, or an exported file. */
import { closeSync, createReadStream, openSync, readSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { DataError } from './data-error.ts'
import { exportedRecording } from './exported.ts'
import type { Recording } from './recording.ts'
import { recordingOf } from './sqlite/recording.ts'
import { JOURNAL_FILE } from './sqlite/store.ts'

/** The first bytes of a SQLite file (sqlite.org/fileformat2.html, 1.3). */
const SQLITE = 'SQLite format 3\0'

/** `-` reads `stdin`. Rejects with a DataError. */
export async function openRecording(path: string, stdin: Readable): Promise<Recording> {
  if (path === '-') return exportedRecording(textOf(stdin, 'stdin'), 'stdin')
  const found = statOf(path)
  if (found.isDirectory()) {
    const file = join(path, JOURNAL_FILE)
    if (!statSync(file, { throwIfNoEntry: false })) {
      throw new DataError(`${path} has no ${JOURNAL_FILE}. Give the directory that the server keeps its data in.`)
    }
    return recordingOf(file)
  }
  if (found.isFile() && beginning(path) === SQLITE) return recordingOf(path)
  return exportedRecording(textOf(createReadStream(path), path), path)
}

function statOf(path: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function beginning(path: string): string {
  try {
    const bytes = Buffer.alloc(SQLITE.length)
    const file = openSync(path, 'r')
    const read = readSync(file, bytes)
    closeSync(file)
    return bytes.toString('latin1', 0, read)
  } catch (error) {
    throw unreadable(path, error)
  }
}

async function* textOf(stream: Readable, what: string): AsyncGenerator<string> {
  try {
    yield* stream.setEncoding('utf8') as AsyncIterable<string>
  } catch (error) {
    throw unreadable(what, error)
  }
}

function unreadable(what: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined || error instanceof DataError) return error
  return new DataError(
    code === 'ENOENT' ? `There is no ${what}. Give the path of a journal.` : `${what} cannot be read (${code}).`,
  )
}
