/**
 * The two halves of the log, as bytes. Each begins with a header that says which use of it follows, of which journal.
 * The half with the higher number is the later one.
 */
import { crc32 } from 'node:zlib'
import { LOG_HALF_BYTES } from '../../../model/limits.ts'
import { DataError } from '../../data-error.ts'
import { type LogRecord, recordsIn } from './records.ts'

const MAGIC = 'rxchat log '
const VERSION = '1'
export const HEADER_BYTES = 32

/** The content of a half. `use` 0: none. `check` is that of its last record, `end` the offset of the next one in it. */
export type Half = {
  readonly use: number
  readonly check: number
  readonly end: number
  readonly records: readonly LogRecord[]
}

export const UNUSED: Half = { use: 0, check: 0, end: 0, records: [] }

/** `epoch` is that of the journal. Returns the check that the first record begins with. */
export function writeHeader(bytes: Buffer, use: number, epoch: string): number {
  bytes.fill(0, 0, HEADER_BYTES)
  bytes.write(MAGIC + VERSION, 0, 'latin1')
  bytes.writeUIntLE(use, 16, 6)
  bytes.writeUInt32LE(crc32(epoch), 22)
  const check = crc32(bytes.subarray(0, HEADER_BYTES - 4))
  bytes.writeUInt32LE(check, HEADER_BYTES - 4)
  return check
}

/** Both halves of a file with these bytes. Throws DataError if a newer rxchat, or another journal's, wrote it. */
export const halvesIn = (bytes: Buffer, epoch: string, what: string): readonly [Half, Half] => [
  halfIn(bytes.subarray(0, LOG_HALF_BYTES), epoch, what),
  halfIn(bytes.subarray(LOG_HALF_BYTES), epoch, what),
]

function halfIn(bytes: Buffer, epoch: string, what: string): Half {
  if (bytes.length < HEADER_BYTES) return UNUSED
  const check = bytes.readUInt32LE(HEADER_BYTES - 4)
  if (check !== crc32(bytes.subarray(0, HEADER_BYTES - 4))) return UNUSED
  const name = bytes.toString('latin1', 0, MAGIC.length + VERSION.length)
  if (!name.startsWith(MAGIC)) return UNUSED
  if (name !== MAGIC + VERSION) throw new DataError(`${what} was written by a newer rxchat. Update rxchat.`)
  if (bytes.readUInt32LE(22) !== crc32(epoch)) {
    throw new DataError(`${what} belongs to another journal. Restore a backup, or move the log away.`)
  }
  const records = [...recordsIn(bytes, HEADER_BYTES, check)]
  const last = records.at(-1)
  return {
    use: bytes.readUIntLE(16, 6),
    check: last?.check ?? check,
    end: last ? last.at + last.length : HEADER_BYTES,
    records,
  }
}

/**
 * The records with inputs after the place `after`, in order. Throws DataError if some are missing, or if they don't
 * follow on the inputs of the journal, whose checksum there is `sum`.
 */
export function recordsAfter(halves: readonly Half[], after: number, sum: number, what: string): readonly LogRecord[] {
  const found: LogRecord[] = []
  let [at, link] = [after, sum]
  for (const { records } of halves.toSorted((a, b) => a.use - b.use)) {
    for (const record of records) {
      const inputs = record.inputs.filter(({ entry }) => entry.seq > at)
      const first = inputs[0]
      if (!first) continue
      const before = record.inputs[record.inputs.indexOf(first) - 1]?.sum ?? record.sum
      if (first.entry.seq !== at + 1 || before !== link) throw new UnfitLog(what, at)
      const last = inputs.at(-1) as typeof first
      ;[at, link] = [last.entry.seq, last.sum]
      found.push({ ...record, inputs })
    }
  }
  return found
}

/** The log begins after a gap, or is of another course of events: one of the files was exchanged. */
export class UnfitLog extends DataError {
  constructor(what: string, at: number) {
    super(
      `${what} doesn't follow on input ${at} of the journal. Restore a backup with its own log, or move the log away: its inputs are then lost.`,
    )
  }
}
