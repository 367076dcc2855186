/**
 * What one session has yet to read: a cursor into the ring of each room it is in, and a lane for what is its alone,
 * merged by `(seq, k)`. It owns no copy of what a room said, so a reader that falls behind costs a constant.
 */
import type { SessionId } from '../model/input.ts'
import { LANE_BYTES } from '../model/limits.ts'
import { concat, type Frame, type Ring } from './ring.ts'

/** A subscription: `next` is the frame to read next, `end` the frame before which it ends (it has left the room). */
type Cursor = { readonly ring: Ring; next: number; end: number }

/** Bytes to write; null: nothing now; 'overrun': frames are gone that this reader has not had. */
export type Batch = Uint8Array | null | 'overrun'

export class Reader {
  readonly #cursors = new Map<string, Cursor>()
  /** Left rooms whose frames, up to the leaving, are not read yet. */
  #leaving: Cursor[] = []
  #lead: Uint8Array[] = []
  #lane: Frame[] = []
  #laneAt = 0
  #laneBytes = 0
  /** Whose it is: frames that leave this session out are passed over. */
  session: SessionId | null = null

  enter(room: string, ring: Ring, next: number): void {
    this.#cursors.set(room, { ring, next, end: Number.POSITIVE_INFINITY })
  }

  leave(room: string): void {
    const cursor = this.#cursors.get(room)
    if (!cursor) return
    this.#cursors.delete(room)
    cursor.end = cursor.ring.next
    if (cursor.next < cursor.end) this.#leaving.push(cursor)
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

  /** Bytes to be read before all else: how a session goes on. */
  lead(bytes: Uint8Array): void {
    this.#lead.push(bytes)
  }

  /** Forgets what waits for this session alone. */
  clearLane(): void {
    this.#lane = []
    this.#laneAt = 0
    this.#laneBytes = 0
  }

  /** More waits for this session alone than is kept for anybody. */
  get overfull(): boolean {
    return this.#laneBytes > LANE_BYTES
  }

  /** Whether all that came after `seq` is still here, in every room. */
  reaches(seq: number): boolean {
    return [...this.#cursors.values()].every(cursor => cursor.ring.after(seq) !== null)
  }

  /** Goes on after `seq` in every room; in one whose frames after it are gone, with what comes next. */
  rewind(seq: number): void {
    for (const cursor of this.#cursors.values()) cursor.next = cursor.ring.after(seq) ?? cursor.ring.next
  }

  /**
   * Takes what is to be written next: whole frames, in order, ending with the one that reaches `max` bytes.
   * In the common case, one room and in step, it is the ring's own chunk.
   */
  take(max: number): Batch {
    if (this.#lead.length > 0) return concat(this.#lead.splice(0))
    const pending = this.#pending()
    const [only] = pending
    if (only === undefined && this.#laneAt === this.#lane.length) return null
    if (pending.some(cursor => cursor.next < cursor.ring.first)) return 'overrun'
    if (only && pending.length === 1 && this.#laneAt === this.#lane.length && only.end === Number.POSITIVE_INFINITY) {
      const chunk = only.ring.chunk(only.next)
      if (chunk?.first === only.next && chunk.bytes.length <= max && !this.#excepted(chunk.excepts)) {
        only.next += chunk.frames.length
        return chunk.bytes
      }
    }
    return this.#merge(pending, max)
  }

  #pending(): Cursor[] {
    const pending = this.#leaving.length > 0 ? [...this.#leaving] : []
    for (const cursor of this.#cursors.values()) if (cursor.next < cursor.ring.next) pending.push(cursor)
    return pending
  }

  #excepted(excepts: ReadonlySet<SessionId> | null): boolean {
    return excepts !== null && this.session !== null && excepts.has(this.session)
  }

  #merge(pending: readonly Cursor[], max: number): Uint8Array | null {
    const parts: Uint8Array[] = []
    let size = 0
    while (size < max) {
      const frame = this.#next(pending)
      if (!frame) break
      if (frame.except !== null && frame.except === this.session) continue
      parts.push(frame.bytes)
      size += frame.bytes.length
    }
    this.#leaving = this.#leaving.filter(cursor => cursor.next < cursor.end)
    return parts.length === 0 ? null : parts.length === 1 ? (parts[0] as Uint8Array) : concat(parts)
  }

  /** The least of the first frames. An event of several rooms is one frame in the ring of each, and is told once. */
  #next(pending: readonly Cursor[]): Frame | null {
    const lane = this.#lane[this.#laneAt] ?? null
    const heads = pending.map(headOf)
    let least = lane
    for (const head of heads) if (head && (least === null || before(head, least))) least = head
    if (least === null) return null
    pending.forEach((cursor, at) => {
      if (heads[at] === least) cursor.next++
    })
    if (lane === least) this.#shiftLane(least)
    return least
  }

  #shiftLane(frame: Frame): void {
    this.#laneAt++
    this.#laneBytes -= frame.bytes.length
    if (this.#laneAt === this.#lane.length) this.clearLane()
  }
}

function headOf({ ring, next, end }: Cursor): Frame | null {
  const chunk = next < end ? ring.chunk(next) : undefined
  return chunk?.frames[next - chunk.first] ?? null
}

function before(a: Frame, b: Frame): boolean {
  if (a.seq !== b.seq) return a.seq < b.seq
  return a.k === b.k ? a.part < b.part : a.k < b.k
}
