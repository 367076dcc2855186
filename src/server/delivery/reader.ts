/**
 * What one session has yet to read: a cursor into the ring of each of its rooms, and a lane for what only this session
 * gets, merged by `(seq, k)`. It has no copy of a room's frames, so a reader that falls behind costs a constant.
 */
import type { SessionId } from '../../model/input.ts'
import { LANE_BYTES, LANE_KEPT_BYTES, PIECE_BYTES } from '../../model/limits.ts'
import { AT_THE_END, AT_THE_START } from './frames.ts'
import { type Chunk, concat, type Frame, own, type Ring } from './ring.ts'

/**
 * A subscription to a ring: `from` is the first frame after the session entered the room; `end` is the one after the
 * last, set when it left. `next` is the frame to read next, `seq` the input of the frame that was read last.
 */
type RingCursor = { readonly ring: Ring; readonly from: number; next: number; end: number; seq: number }

/** Bytes to write; null: nothing now; 'overrun': frames that this reader has not had are gone. */
export type Batch = Uint8Array | null | 'overrun'

export class Reader {
  readonly #cursors = new Map<string, RingCursor>()
  /** The cursor of a session that is in one room, as most are. */
  #only: RingCursor | null = null
  /** Rooms that the session left, whose frames up to that point are not read yet. */
  #leaving: readonly RingCursor[] = NONE
  #lead: Iterator<Uint8Array> | null = null
  #lane: Frame[] = []
  #laneAt = 0
  #laneBytes = 0
  /** Frames that were taken from the lane lately, for a session that can resume: its client may not have had them. */
  #kept: Frame[] = []
  #keptBytes = 0
  /** The last input of which a frame was taken that cannot be sent again. */
  #gone = 0
  /** Whether its session can resume. */
  resumes = false
  /** The session of this reader: frames that leave it out are skipped. */
  session: SessionId | null = null

  enter(room: string, ring: Ring, next: number): void {
    this.#cursors.set(room, { ring, from: next, next, end: Number.POSITIVE_INFINITY, seq: 0 })
    this.#count()
  }

  leave(room: string): void {
    const cursor = this.#cursors.get(room)
    if (!cursor) return
    this.#cursors.delete(room)
    this.#count()
    cursor.end = cursor.ring.next
    this.#leaving = [...this.#leaving, cursor]
    this.#forgetLeft()
  }

  #count(): void {
    const [first = null] = this.#cursors.values()
    this.#only = this.#cursors.size === 1 ? first : null
  }

  isIn(room: string): boolean {
    return this.#cursors.has(room)
  }

  get rooms(): IterableIterator<string> {
    return this.#cursors.keys()
  }

  /** A frame for this session alone. */
  put(frame: Frame): void {
    this.#lane.push(frame)
    this.#laneBytes += frame.bytes.length
  }

  /** What is read before all else: the welcome of a session that goes on, and its rooms. It is made as it is read. */
  lead(parts: Iterator<Uint8Array>): void {
    this.#lead = parts
  }

  /** Whether there may be more of that: the event loop goes round before the next piece is made. */
  get isLed(): boolean {
    return this.#lead !== null
  }

  /** Forgets the lane, so the session will have a gap when it resumes. */
  spill(): void {
    this.#gone = this.#lane.at(-1)?.seq ?? this.#gone
    this.#clearLane()
  }

  /** The peer has answered a ping that was sent after everything up to `seq`, so the kept frames up to there can go. */
  wasRead(seq: number): void {
    const read = this.#kept.findLastIndex(frame => frame.seq <= seq) + 1
    if (read === 0) return
    for (const frame of this.#kept.splice(0, read)) {
      this.#keptBytes -= frame.bytes.length
      this.#gone = Math.max(this.#gone, frame.seq)
    }
  }

  /** Bytes of frames that are kept though they were taken. */
  get kept(): number {
    return this.#keptBytes
  }

  /**
   * Nothing up to `seq` can be resumed from here. So if the answer about a gap is lost, the session gets a gap again.
   */
  begin(seq: number): void {
    this.#gone = Math.max(this.#gone, seq)
  }

  /** The lane is over its bound. The last frame doesn't count, so one frame of any size fits: a room may be large. */
  get overfull(): boolean {
    return this.#laneBytes - (this.#lane.at(-1)?.bytes.length ?? 0) > LANE_BYTES
  }

  /** Frames that this reader has not had are gone. */
  get overrun(): boolean {
    return this.#pending().some(hasLost)
  }

  /** Whether everything for this session after `seq` is still here. */
  reaches(seq: number): boolean {
    return seq >= this.#gone && this.#all().every(cursor => firstAfter(cursor, seq) !== null)
  }

  /**
   * Goes on after `seq`. The welcome and what was sent at an earlier resume are not repeated. In a room whose frames
   * after `seq` are gone, it goes on with what comes next. An answer that no input brought is dropped, even if unread:
   * the client would take it for the answer to its repeated command, which may turn out differently.
   */
  rewind(seq: number): void {
    this.#lead = null
    for (const cursor of this.#all()) cursor.next = firstAfter(cursor, seq) ?? cursor.ring.next
    const unread = this.#lane.slice(this.#laneAt).filter(({ k }) => k !== AT_THE_END)
    const alone = [...this.#kept, ...unread]
    this.#kept = []
    this.#keptBytes = 0
    this.#clearLane()
    for (const frame of alone) {
      if (frame.k === AT_THE_START) continue
      if (frame.seq > seq) this.put(frame)
      else this.#keep(frame)
    }
  }

  /**
   * Takes what is to be written next: whole frames, in order, ending with the one that reaches `max` bytes.
   *
   * The common case, one room and nothing else, touches as little memory as it can. Every reader is asked in every
   * turn, and the system call after each leaves nothing of the next one in the cache.
   */
  take(max: number): Batch {
    const calm = this.#laneBytes === 0 && this.#lead === null && this.#leaving.length === 0
    return calm && this.#only ? this.#read(this.#only, max) : this.#gather(max)
  }

  /** From one room alone. If the reader is in step, the batch is the ring's own chunk. */
  #read(cursor: RingCursor, max: number): Batch {
    const { ring, next } = cursor
    if (next === ring.next) return null
    const chunk = ring.chunk(next)
    const inStep = chunk?.first === next && next + chunk.frames.length === ring.next
    if (!inStep || chunk.bytes.length > max || this.#isExcepted(chunk)) return this.#catchUp(cursor, max)
    cursor.next = ring.next
    cursor.seq = (chunk.frames.at(-1) as Frame).seq
    return chunk.bytes
  }

  /** Several turns of one room: chunk by chunk, so that a slow reader costs the others little time. */
  #catchUp(cursor: RingCursor, max: number): Batch {
    if (hasLost(cursor)) return 'overrun'
    const parts: Uint8Array[] = []
    let size = 0
    const add = (bytes: Uint8Array, last: Frame, frames: number): void => {
      parts.push(bytes)
      size += bytes.length
      cursor.next += frames
      cursor.seq = last.seq
    }
    for (let chunk = cursor.ring.chunk(cursor.next); chunk && size < max; chunk = cursor.ring.chunk(cursor.next)) {
      const whole = chunk.first === cursor.next && size + chunk.bytes.length <= max && !this.#isExcepted(chunk)
      if (whole) add(chunk.bytes, chunk.frames.at(-1) as Frame, chunk.frames.length)
      else {
        for (const frame of chunk.frames.slice(cursor.next - chunk.first)) {
          add(frame.except !== null && frame.except === this.session ? NO_BYTES : frame.bytes, frame, 1)
          if (size >= max) break
        }
      }
    }
    return wholeOf(parts.filter(part => part.length > 0))
  }

  #isExcepted({ excepts }: Chunk): boolean {
    return excepts !== null && this.session !== null && excepts.has(this.session)
  }

  #gather(max: number): Batch {
    const led = this.#takeLead(max)
    if (led) return led
    const pending = this.#pending()
    const [only] = pending
    const alone = only && pending.length === 1 && this.#laneBytes === 0 && only.end === Number.POSITIVE_INFINITY
    return alone ? this.#read(only, max) : this.#merge(pending, max)
  }

  /** As many parts as make one piece of work. */
  #takeLead(max: number): Uint8Array | null {
    const parts: Uint8Array[] = []
    for (let size = 0; this.#lead && size < Math.min(max, PIECE_BYTES); ) {
      const next = this.#lead.next()
      if (next.done) this.#lead = null
      else if (next.value.length > 0) {
        parts.push(next.value)
        size += next.value.length
      }
    }
    return wholeOf(parts)
  }

  #all(): readonly RingCursor[] {
    return [...this.#cursors.values(), ...this.#leaving]
  }

  #pending(): RingCursor[] {
    const pending = [...this.#leaving]
    for (const cursor of this.#cursors.values()) if (cursor.next < cursor.ring.next) pending.push(cursor)
    return pending
  }

  #merge(pending: readonly RingCursor[], max: number): Batch {
    if (pending.some(hasLost)) return 'overrun'
    const parts: Uint8Array[] = []
    let size = 0
    while (size < max) {
      const frame = this.#next(pending)
      if (!frame) break
      if (frame.except !== null && frame.except === this.session) continue
      parts.push(frame.bytes)
      size += frame.bytes.length
    }
    this.#forgetLeft()
    return wholeOf(parts)
  }

  /** The least of the first frames. An event of several rooms is one frame in the ring of each, and is read once. */
  #next(pending: readonly RingCursor[]): Frame | null {
    const lane = this.#lane[this.#laneAt] ?? null
    const heads = pending.map(headOf)
    let least = lane
    for (const head of heads) if (head && (least === null || before(head, least))) least = head
    if (least === null) return null
    pending.forEach((cursor, at) => {
      if (heads[at] !== least) return
      cursor.next++
      cursor.seq = least.seq
    })
    if (lane === least) this.#shiftLane(least)
    return least
  }

  #shiftLane(frame: Frame): void {
    this.#laneAt++
    this.#laneBytes -= frame.bytes.length
    // By halves, so that a frame is moved once on average. So a lane that is never empty does not hold what was taken.
    if (this.#laneAt * 2 > this.#lane.length) {
      this.#lane = this.#lane.slice(this.#laneAt)
      this.#laneAt = 0
    }
    this.#keep(frame)
  }

  #clearLane(): void {
    this.#lane = []
    this.#laneAt = 0
    this.#laneBytes = 0
  }

  /** Answers that no input brought are not kept: the client asks again. */
  #keep(frame: Frame): void {
    if (!this.resumes || frame.k === AT_THE_END) return
    own(frame)
    this.#kept.push(frame)
    this.#keptBytes += frame.bytes.length
    while (this.#keptBytes > LANE_KEPT_BYTES) {
      const oldest = this.#kept.shift() as Frame
      this.#keptBytes -= oldest.bytes.length
      this.#gone = Math.max(this.#gone, oldest.seq)
    }
  }

  /** Drops the cursor of a room that was left, once all of it is read. */
  #forgetLeft(): void {
    if (this.#leaving.length === 0) return
    for (const { next, end, seq } of this.#leaving) if (next >= end) this.#gone = Math.max(this.#gone, seq)
    this.#leaving = this.#leaving.filter(({ next, end }) => next < end)
  }
}

const NO_BYTES = new Uint8Array()

function wholeOf(parts: readonly Uint8Array[]): Uint8Array | null {
  const [first = null] = parts
  return parts.length < 2 ? first : concat(parts)
}

const NONE: readonly RingCursor[] = []

const hasLost = ({ ring, next }: RingCursor): boolean => next < ring.first

const headOf = ({ ring, next, end }: RingCursor): Frame | null => (next < end ? frameAt(ring, next) : null)

function frameAt(ring: Ring, number: number): Frame | null {
  const chunk = ring.chunk(number)
  return chunk?.frames[number - chunk.first] ?? null
}

/** The first frame after `seq` that this cursor reads; null if such frames may be gone. */
function firstAfter({ ring, from }: RingCursor, seq: number): number | null {
  const number = ring.after(seq)
  if (number !== null) return Math.max(from, number)
  return from >= ring.first ? from : null
}

function before(a: Frame, b: Frame): boolean {
  if (a.seq !== b.seq) return a.seq < b.seq
  return a.k === b.k ? a.part < b.part : a.k < b.k
}
