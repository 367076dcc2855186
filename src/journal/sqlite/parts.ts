/** The parts of a journal on the disk: the tables, the log in front of them, and the way from one to the other. */
import { existsSync } from 'node:fs'
import type { Clock } from '../../port/clock.ts'
import { hasErased } from './chunks.ts'
import type { ChainLink } from './entries.ts'
import { Checkpoints } from './file/checkpoints.ts'
import { type Disk, systemDisk } from './file/disk.ts'
import { readMeta } from './file/meta.ts'
import { migrate } from './file/schema.ts'
import { type Database, dataError, loadSqlite } from './file/sqlite.ts'
import { logFile } from './log/file.ts'
import { CommitLog, type Joint } from './log/log.ts'
import type { Committed } from './log/records.ts'
import { Projection } from './projection.ts'

export type Parts = {
  readonly db: Database
  readonly log: CommitLog
  readonly projection: Projection
  readonly checkpoints: Checkpoints
  /** The last input that is committed, in the log or in the tables. */
  readonly last: ChainLink
}

const MACHINE: Pick<Clock, 'elapsed'> = { elapsed: () => performance.now() }

/** Opens the file and its log, and brings inputs that only the log has into the tables. `id` gives unique ids. */
export function openParts(file: string, id: () => string, disk = systemDisk, clock = MACHINE): Parts {
  const opened: (() => void)[] = []
  // A server that has stopped by itself leaves neither.
  const wasKilled = existsSync(logFile(file)) || existsSync(`${file}-wal`)
  try {
    const db = openFile(file)
    opened.push(() => db.close())
    migrate(db, file, id(), id())
    // Only now is it known that the file is rxchat's, and this setting is written into the file.
    db.exec('PRAGMA journal_mode = WAL')
    const { epoch, last: seq, last_sum: sum, forgotten } = readMeta(db)
    const checkpoints = new Checkpoints(db, file, disk)
    opened.push(() => checkpoints.close())
    const left: Committed[] = []
    const log = openLog(logFile(file), { epoch, last: seq, sum }, left, disk)
    opened.push(() => log.close(false))
    const projection = new Projection(db, checkpoints, clock)
    projection.add(left)
    const isStored = storeLeft(projection)
    // If that was while it erased or forgot texts, both logs and the file may still have them.
    const mayHaveTexts = wasKilled && isStored && (forgotten > 0 || hasErased(db))
    if (mayHaveTexts && checkpoints.settleNow()) log.empty()
    const end = left.at(-1)
    return { db, log, projection, checkpoints, last: end ? { seq: end.entry.seq, sum: end.sum } : { seq, sum } }
  } catch (error) {
    for (const close of opened) close()
    throw error
  }
}

/** `isEmpty`: the tables have everything, and it's durable there. */
export function closeParts({ db, log, projection, checkpoints }: Parts, isEmpty: boolean): void {
  projection.close()
  if (db.isOpen) {
    db.exec('PRAGMA synchronous = FULL')
    db.close()
  }
  checkpoints.close()
  log.close(isEmpty)
}

function openFile(file: string): Database {
  const { DatabaseSync } = loadSqlite()
  const db = new DatabaseSync(file, { timeout: 0 })
  db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON')
  return db
}

function openLog(file: string, joint: Joint, left: Committed[], disk: Disk): CommitLog {
  try {
    return new CommitLog(file, joint, inputs => left.push(...inputs), disk)
  } catch (error) {
    throw dataError(error, file)
  }
}

/** False: they stay in the log, as on a full disk, and the next commit is refused. */
function storeLeft(projection: Projection): boolean {
  try {
    projection.flush()
    return true
  } catch {
    return false
  }
}
