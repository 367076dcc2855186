/**
 * Reads a journal.db and its logs without a trace: nothing is written, created or migrated, and a server may be running
 * on it. The file is opened anew for every batch, so that a checkpoint of the server never waits long for the reader.
 *
 * The commit log is read before the tables: inputs that are gone from it meanwhile are in the tables by then.
 */
import { existsSync, statSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Entry } from '../../model/input.ts'
import { DataError } from '../data-error.ts'
import type { Base, Recording } from '../recording.ts'
import { pagesAfter } from './entries.ts'
import { readMeta } from './file/meta.ts'
import { requireCurrent } from './file/schema.ts'
import { type Database, dataError, loadSqlite } from './file/sqlite.ts'
import { logFile, peek } from './log/file.ts'
import { halvesIn, recordsAfter, UnfitLog } from './log/halves.ts'
import { oldestSnapshot } from './snapshots.ts'

/** Entries in a batch. */
const BATCH = 4096
/** How often, and how far apart in milliseconds, a file is checked that is between two states. */
const TRIES = 20
const PAUSE_MS = 20

/** Rejects with a DataError. */
export async function recordingOf(file: string): Promise<Recording> {
  for (let tries = 1; ; tries++) {
    try {
      return await recorded(file)
    } catch (error) {
      // The log may go on in its other half while it's being read.
      if (!(error instanceof UnfitLog) || tries === TRIES) throw error
      await setTimeout(PAUSE_MS)
    }
  }
}

function recorded(file: string): Promise<Recording> {
  const log = logFile(file)
  const bytes = peek(log)
  return reading(file, db => {
    requireCurrent(db, file)
    const { epoch, base, last, last_sum } = readMeta(db)
    const from = baseOf(db, file, base)
    const rest = recordsAfter(halvesIn(bytes, epoch, log), last, last_sum, log)
    const tail = rest.flatMap(({ inputs }) => inputs.map(({ entry }) => entry))
    const end = tail.at(-1)?.seq ?? last
    return { epoch, base: from, last: end, batches: batches(file, from.seq, end, tail) }
  })
}

/** The place from which a replay can begin: the start, or, if that is forgotten, the oldest undamaged snapshot. */
function baseOf(db: Database, file: string, forgotten: number): Base {
  if (forgotten === 0) return { seq: 0, state: null }
  const kept = oldestSnapshot(db)
  if (kept) return kept
  throw new DataError(
    `${file}: inputs up to ${forgotten} were forgotten, and no snapshot is undamaged. Restore a backup.`,
  )
}

/** `tail`: the entries that only the log had. */
async function* batches(
  file: string,
  from: number,
  last: number,
  tail: readonly Entry[],
): AsyncGenerator<readonly Entry[]> {
  for (let at = from; at < last; ) {
    const stored = await reading(file, db => take(pagesAfter(db, at, file), Math.min(BATCH, last - at)))
    const batch = stored.length > 0 ? stored : tail.filter(({ seq }) => seq > at)
    if (batch[0]?.seq !== at + 1) {
      throw new DataError(`${file}: input ${at + 1} was forgotten while it was being read. Begin again.`)
    }
    yield batch
    at += batch.length
  }
}

function take(pages: Iterable<readonly Entry[]>, most: number): readonly Entry[] {
  const taken: Entry[] = []
  for (const page of pages) {
    taken.push(...page)
    if (taken.length >= most) break
  }
  return taken.slice(0, most)
}

/** Runs `work` in one read transaction, on a database that is then closed. */
async function reading<T>(file: string, work: (db: Database) => T): Promise<T> {
  for (let tries = 1; isBetween(file) && tries < TRIES; tries++) await setTimeout(PAUSE_MS)
  let db: Database | null = null
  try {
    db = open(file)
    db.exec('BEGIN')
    return work(db)
  } catch (error) {
    throw dataError(error, file)
  } finally {
    if (db?.isOpen) db.close()
  }
}

/**
 * If there's no write-ahead log, nobody has the file open, and it's opened as `immutable`. Otherwise it would create a
 * log and an index to read the file, which fails in a directory of another user. If there is a log, its index must be
 * there.
 */
function open(file: string): Database {
  const { DatabaseSync } = loadSqlite()
  const url = pathToFileURL(file)
  if (isBetween(file)) {
    throw new DataError(`${file} has a log, ${file}-wal, but ${file}-shm is missing. Copy all three files.`)
  }
  if (!existsSync(`${file}-shm`)) url.searchParams.set('immutable', '1')
  return new DatabaseSync(url, { readOnly: true, timeout: 1000 })
}

/** A log without its index: a server is just starting or stopping, or only some of the files were copied. */
const isBetween = (file: string): boolean => sizeOf(`${file}-wal`) > 0 && !existsSync(`${file}-shm`)

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
