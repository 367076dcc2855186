/**
 * The commit log: a file in front of the tables, in which a commit is one write that the disk has confirmed (O_DSYNC),
 * off the event loop. The space is allocated beforehand, so nothing but the data has to reach the disk. The log is two
 * halves in turn: one is written, while the inputs of the other are brought into the tables and are durable there.
 */
import { closeSync, fstatSync, ftruncateSync, rmSync, writeSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { LOG_GROWTH_BYTES, LOG_HALF_BYTES, STORAGE_RETRY_MS } from '../../../model/limits.ts'
import type { Disk } from '../file/disk.ts'
import { allocateFirst, bytesOf, clear, openLog } from './file.ts'
import { type Half, HEADER_BYTES, halvesIn, recordsAfter, writeHeader } from './halves.ts'
import { type Committed, type LogRecord, RecordWriter } from './records.ts'

/** A stretch of a half, relative to its beginning, and the inputs that are there. */
type Stretch = { readonly at: number; readonly end: number; readonly first: number; readonly last: number }

/** A half under way. Its next record goes to `end`; 0: the header comes first. `room` is allocated, from its beginning. */
type OpenHalf = {
  readonly begin: number
  use: number
  check: number
  end: number
  room: number
  /** The records of this use; and those of the use before that are not overwritten yet. */
  own: Stretch[]
  old: Stretch[]
}

/** The last input in the tables, and the checksum of all inputs up to it. */
export type Joint = { readonly epoch: string; readonly last: number; readonly sum: number }

export class CommitLog {
  readonly #fd: number
  readonly #file: string
  readonly #epoch: string
  readonly #disk: Disk
  readonly #encoder = new RecordWriter()
  readonly #halves: readonly OpenHalf[]
  #current: OpenHalf
  /** The inputs up to this one are durable in the tables. */
  #durable: number
  #isStopping = false

  /** `left` gets the inputs that only the log has. Throws DataError, and errors of the system. */
  constructor(file: string, joint: Joint, left: (inputs: readonly Committed[]) => void, disk: Disk) {
    this.#file = file
    this.#epoch = joint.epoch
    this.#disk = disk
    this.#durable = joint.last
    this.#fd = openLog(file)
    try {
      const bytes = bytesOf(this.#fd)
      const halves = halvesIn(bytes, joint.epoch, file)
      for (const { inputs } of recordsAfter(halves, joint.last, joint.sum, file)) left(inputs)
      this.#halves = halves.map((half, at) => opened(half, at * LOG_HALF_BYTES))
      for (const { begin, end } of this.#halves) {
        const size = Math.min(bytes.length, begin + LOG_HALF_BYTES)
        if (begin + end < size) clear(this.#fd, bytes, begin + end, size)
      }
      const [one, other] = this.#halves as readonly [OpenHalf, OpenHalf]
      this.#current = other.use > one.use ? other : one
      this.#current.use = Math.max(this.#current.use, 1)
      if (bytes.length === 0) this.#current.room = allocateFirst(this.#fd)
    } catch (error) {
      closeSync(this.#fd)
      throw error
    }
  }

  /** True once the tables should take in the other half, so that it's free when this one is full. */
  get isFilling(): boolean {
    return this.#current.end > LOG_HALF_BYTES / 2 && lastOf(this.#other) > this.#durable
  }

  /** The inputs up to `seq` are durable in the tables. */
  release(seq: number): void {
    this.#durable = Math.max(this.#durable, seq)
  }

  /**
   * Resolves when the commit is on the disk. `sum` is the checksum of all inputs before it; `settle` makes all inputs
   * durable in the tables. Rejects if nothing of the commit is left in the log. To be called one at a time.
   */
  async append(inputs: readonly Committed[], sum: number, settle: () => Promise<void>): Promise<void> {
    if (this.#isStopping) throw new Error('the journal is closed.')
    let record = this.#encode(inputs, sum)
    if (this.#current.end + record.bytes.length > LOG_HALF_BYTES) {
      if (lastOf(this.#other) > this.#durable) await settle()
      this.#turn()
      record = this.#encode(inputs, sum)
      if (record.bytes.length > LOG_HALF_BYTES) throw new RangeError('the commit is larger than its log')
    }
    const half = this.#current
    const at = half.end
    const end = at + record.bytes.length
    if (end > half.room) await this.#allocate(half, end)
    await this.#put(record.bytes, half.begin + at)
    half.own.push({ at, end, first: inputs[0]?.entry.seq ?? 0, last: inputs.at(-1)?.entry.seq ?? 0 })
    half.check = record.check
    half.end = end
    const overwritten = half.old.findIndex(stretch => stretch.end > end)
    half.old.splice(0, overwritten < 0 ? half.old.length : overwritten)
  }

  /** Removes every byte of the records with such inputs. All inputs must be durable in the tables. */
  async scrub(isGone: (first: number, last: number) => boolean): Promise<void> {
    const isKept = ({ first, last }: Stretch): boolean => !isGone(first, last)
    const isCut = !this.#current.own.every(isKept)
    for (const half of this.#halves) {
      // The beginning of an old record may be overwritten by now.
      const old = half.old.map(stretch => ({ ...stretch, at: Math.max(stretch.at, half.end) }))
      const gone = [...half.own, ...old].filter(stretch => !isKept(stretch))
      for (const { at, end } of joined(gone)) await this.#disk.write(this.#fd, Buffer.alloc(end - at), half.begin + at)
      half.own = half.own.filter(isKept)
      half.old = half.old.filter(isKept)
    }
    // Nothing can follow on a record that is gone.
    if (isCut) this.#turn()
  }

  /** Removes everything at once, for when nobody is served yet. All inputs must be durable in the tables. */
  empty(): void {
    for (const half of this.#halves) {
      const { begin, end } = half
      half.own = []
      if (end > 0) writeSync(this.#fd, Buffer.alloc(end), 0, end, begin)
    }
    this.#turn()
  }

  /** A write that fails is no longer repeated, and there are no further ones. */
  stop(): void {
    this.#isStopping = true
  }

  /** Not while something is being written. `isEmpty`: the tables have all of it, so the file is removed. */
  close(isEmpty: boolean): void {
    closeSync(this.#fd)
    if (isEmpty) rmSync(this.#file, { force: true })
  }

  get #other(): OpenHalf {
    return this.#halves[this.#current === this.#halves[0] ? 1 : 0] as OpenHalf
  }

  /** Goes on in the other half, whose inputs are all durable in the tables. */
  #turn(): void {
    const next = this.#other
    next.use = this.#current.use + 1
    next.old = [...next.own, ...next.old]
    next.own = []
    next.end = 0
    this.#current = next
  }

  /** The first record of a half has the header in front of it. */
  #encode(inputs: readonly Committed[], sum: number): { readonly bytes: Buffer; readonly check: number } {
    const { use, end, check } = this.#current
    if (end > 0) return this.#encoder.write(inputs, sum, check, 0)
    const header = Buffer.alloc(HEADER_BYTES)
    const record = this.#encoder.write(inputs, sum, writeHeader(header, use, this.#epoch), HEADER_BYTES)
    header.copy(record.bytes)
    return record
  }

  /** After a failure, the bytes on the disk are unknown until the place of the record is overwritten. */
  async #put(bytes: Buffer, at: number): Promise<void> {
    try {
      await this.#disk.write(this.#fd, bytes, at)
    } catch (error) {
      while (!this.#isStopping) {
        try {
          await this.#disk.write(this.#fd, Buffer.alloc(bytes.length), at)
          break
        } catch {
          await setTimeout(STORAGE_RETRY_MS, undefined, { ref: false })
        }
      }
      throw error
    }
  }

  /** Allocates more than is needed, if there is room for that on the disk. */
  async #allocate(half: OpenHalf, need: number): Promise<void> {
    const allocate = async (room: number): Promise<void> => {
      await this.#disk.write(this.#fd, Buffer.alloc(room - half.room), half.begin + half.room)
      half.room = room
    }
    const ample = Math.min(LOG_HALF_BYTES, need + Math.max(half.room, LOG_GROWTH_BYTES))
    const { size } = fstatSync(this.#fd)
    await allocate(ample).catch(() => {
      // An attempt on a nearly full disk gives its space back, since the tables need room too.
      ftruncateSync(this.#fd, size)
      return allocate(need)
    })
  }
}

/** The stretch behind the records may be a hole, in which a full disk has no room. So it counts as not allocated. */
function opened({ use, check, end, records }: Half, begin: number): OpenHalf {
  return { begin, use, check, end, room: end, own: records.map(stretchOf), old: [] }
}

const stretchOf = ({ at, length, inputs }: LogRecord): Stretch => ({
  ...{ at, end: at + length },
  ...{ first: inputs[0]?.entry.seq ?? 0, last: inputs.at(-1)?.entry.seq ?? 0 },
})

/** Stretches in order, those that touch or overlap as one: each is a write that the disk is waited for. */
function joined(stretches: readonly Stretch[]): readonly Pick<Stretch, 'at' | 'end'>[] {
  const all: { at: number; end: number }[] = []
  for (const { at, end } of stretches) {
    const last = all.at(-1)
    if (last && at <= last.end) last.end = Math.max(last.end, end)
    else all.push({ at, end })
  }
  return all
}

const lastOf = ({ own }: OpenHalf): number => own.at(-1)?.last ?? 0
