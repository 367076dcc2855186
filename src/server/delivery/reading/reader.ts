/**
 * The unread frames of one session: a cursor into the ring of each of its rooms, and a lane for the frames of this
 * session alone, merged by `(seq, k)`. It has no copy of a room's frames, so a reader that falls behind costs a
 * constant.
 */
import type { MemberId, SessionId } from '../../../model/input.ts'
import { PIECE_BYTES } from '../../../model/limits.ts'
import { type Batch, RingCursor } from './cursor.ts'
import { Lane } from './lane.ts'
import { type Frame, type Ring, unquoted, wholeOf } from './ring.ts'

/** Members that the reader's member ignores. */
export type Ignored = { readonly has: (author: MemberId) => boolean }

export class Reader {
  readonly lane = new Lane()
  readonly #cursors = new Map<string, RingCursor>()
  /** The cursor of a session that is in one room, as most are. */
  #only: RingCursor | null = null
  /** Rooms that the session left, whose frames up to that point are not read yet. */
  #leaving: readonly RingCursor[] = NONE
  #lead: Iterator<Uint8Array> | null = null
  #hasRooms = false
  #isEnding = false
  /** The frame that was taken last goes on. */
  #isInside = false
  /** The session of this reader: frames that leave it out are skipped. */
  session: SessionId | null = null
  /** Frames of these authors are skipped; null: of none. */
  #ignored: Ignored | null = null

  /** From now on. It then reads frame by frame, and in no group. */
  set ignored(ignored: Ignored | null) {
    this.alone()
    this.#ignored = ignored
  }

  /** A frame for this session alone. */
  put(frame: Frame): void {
    this.alone()
    this.lane.put(frame)
  }

  /** Reads by itself, and not in a group: something concerns this reader alone. */
  alone(): void {
    this.#only?.alone()
  }

  enter(room: string, ring: Ring, next: number): void {
    this.alone()
    this.#cursors.set(room, new RingCursor(ring, next))
    this.#count()
  }

  /** Reads the room up to frame `end`, by default all frames so far. */
  leave(room: string, end?: number): void {
    const cursor = this.#cursors.get(room)
    if (!cursor) return
    this.alone()
    this.#cursors.delete(room)
    this.#count()
    cursor.end = end ?? cursor.ring.next
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

  /** Read before everything else: a welcome and, with `hasRooms`, the session's rooms. It is made as it is read. */
  lead(parts: Iterator<Uint8Array>, hasRooms: boolean): void {
    this.alone()
    this.#lead = parts
    this.#hasRooms = hasRooms
  }

  /** Whether the session has not read all the rooms that came with its welcome. */
  get owesRooms(): boolean {
    return this.#lead !== null && this.#hasRooms
  }

  /** Whether there may be more of that: the event loop goes round before the next piece is made. */
  get isLed(): boolean {
    return this.#lead !== null
  }

  /** The connection is about to end: gathered presence does not wait any longer. */
  end(): void {
    this.alone()
    this.#isEnding = true
  }

  /** Frames that this reader has not had are gone. */
  get overrun(): boolean {
    return this.#pending().some(({ hasLost }) => hasLost)
  }

  /** Whether everything for this session after `seq` is still here. */
  reaches(seq: number): boolean {
    return seq >= this.lane.gone && this.#all().every(cursor => cursor.after(seq) !== null)
  }

  /**
   * Goes on after `seq`. Frames of an earlier resume are not repeated. In a room whose frames after `seq` are gone, it
   * goes on with the next one that comes.
   */
  rewind(seq: number): void {
    this.alone()
    this.#lead = null
    this.#isEnding = false
    this.#isInside = false
    for (const cursor of this.#all()) cursor.next = cursor.after(seq) ?? cursor.ring.next
    this.lane.rewind(seq)
  }

  /** The cursor of a reader that reads one room, and has nothing else to read; null: there's more. */
  get calm(): RingCursor | null {
    if (this.#ignored !== null) return null
    const isCalm = this.lane.isEmpty && this.#lead === null && this.#leaving.length === 0 && !this.#isEnding
    return isCalm ? this.#only : null
  }

  /**
   * Takes the frames that are to be written next: whole frames, in order, ending with the one that reaches `max` bytes.
   * Null while `isLed`: there may be more in the next turn.
   */
  take(max: number): Batch {
    const { calm } = this
    return calm ? calm.read(max, this.session) : this.#gather(max)
  }

  #gather(max: number): Batch {
    const led = this.#takeLead(max)
    if (led || this.#lead) return led
    const pending = this.#pending()
    const [only] = pending
    const isAlone =
      this.#ignored === null &&
      only &&
      pending.length === 1 &&
      this.lane.isEmpty &&
      only.end === Number.POSITIVE_INFINITY
    return isAlone && !this.#isEnding ? only.read(max, this.session) : this.#merge(pending, max)
  }

  /** As many parts as make one piece of work, up to an empty one. */
  #takeLead(max: number): Uint8Array | null {
    const parts: Uint8Array[] = []
    for (let size = 0; this.#lead && size < Math.min(max, PIECE_BYTES); ) {
      const next = this.#lead.next()
      if (next.done) this.#lead = null
      else if (next.value.length === 0) break
      else {
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
    if (pending.some(({ hasLost }) => hasLost)) return 'overrun'
    const parts: Uint8Array[] = []
    let size = 0
    // A gathered frame is taken only when a later one is due: then it comes first, as ever.
    while (size < max && this.#isDue(pending)) {
      // A shared frame is written alone, so that it needn't be copied.
      if (parts.length > 0 && this.lane.head?.isShared && this.#isInside) break
      const frame = this.#next(pending)
      if (!frame) break
      this.#isInside = frame.goesOn === true
      if (frame.except !== null && frame.except === this.session) continue
      if (frame.author !== undefined && this.#ignored?.has(frame.author)) continue
      const bytes = frame.quote && this.#ignored?.has(frame.quote.author) ? unquoted(frame) : frame.bytes
      parts.push(bytes)
      size += bytes.length
      if (frame.isShared) break
    }
    this.#forgetLeft()
    return wholeOf(parts)
  }

  #isDue(pending: readonly RingCursor[]): boolean {
    return this.#isEnding || !this.lane.isEmpty || pending.some(({ isDue }) => isDue)
  }

  /** The rest of the frame that was taken last: a connection that goes on with another reader gets it first. */
  rest(): readonly Frame[] {
    const rest: Frame[] = []
    for (let frame = this.lane.head; this.#isInside && frame; frame = this.lane.head) {
      this.lane.shift(frame)
      this.#isInside = frame.goesOn === true
      rest.push(frame)
    }
    return rest
  }

  /** The least of the first frames. An event of several rooms is one frame in the ring of each, and is read once. */
  #next(pending: readonly RingCursor[]): Frame | null {
    const own = this.lane.head
    const heads = pending.map(({ head }) => head)
    let least = own
    for (const head of heads) if (head && (least === null || before(head, least))) least = head
    if (least === null) return null
    const { seq } = least
    pending.forEach((cursor, at) => {
      if (heads[at] === least) cursor.pass(1, seq)
    })
    if (own === least) this.lane.shift(least)
    return least
  }

  /** Drops the cursor of a room that was left, once all of it is read. */
  #forgetLeft(): void {
    if (this.#leaving.length === 0) return
    for (const { next, end, seq } of this.#leaving) if (next >= end) this.lane.lose(seq)
    this.#leaving = this.#leaving.filter(({ next, end }) => next < end)
  }
}

const NONE: readonly RingCursor[] = []

function before(a: Frame, b: Frame): boolean {
  if (a.seq !== b.seq) return a.seq < b.seq
  return a.k === b.k ? a.part < b.part : a.k < b.k
}
