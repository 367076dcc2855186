/**
 * A session's cursor into the ring of one of its rooms. It has no copy of a frame. While its reader is in a group, the
 * place is that of the group.
 */
import type { SessionId } from '../../../model/input.ts'
import { type Chunk, type Frame, type Ring, wholeOf } from './ring.ts'

/** Bytes to write; null: nothing now; 'overrun': frames that this reader has not had are gone. */
export type Batch = Uint8Array | null | 'overrun'

/** The place of a group of readers (group.ts). */
export type SharedPlace = Pick<RingCursor, 'next' | 'seq'> & { readonly leave: (cursor: RingCursor) => void }

export class RingCursor {
  readonly ring: Ring
  /** The first frame after the session entered the room. */
  readonly from: number
  /** The frame after the last; set when the session left the room. */
  end = Number.POSITIVE_INFINITY
  /** The input of the frame that was read last. */
  seq = 0
  #next: number
  #shared: SharedPlace | null = null

  constructor(ring: Ring, from: number) {
    this.ring = ring
    this.from = from
    this.#next = from
  }

  /** The frame to read next. */
  get next(): number {
    return this.#shared?.next ?? this.#next
  }

  set next(frame: number) {
    this.alone()
    this.#next = frame
  }

  /** From here on it's at the place of the others. */
  share(place: SharedPlace): void {
    this.#shared = place
  }

  /** From here on it has a place of its own again. */
  alone(): void {
    const shared = this.#shared
    if (!shared) return
    this.#shared = null
    if (shared.next > this.#next) this.seq = shared.seq
    this.#next = shared.next
    shared.leave(this)
  }

  /** Frames that it has not read are gone. */
  get hasLost(): boolean {
    return this.next < this.ring.first
  }

  get head(): Frame | null {
    return this.next >= this.end ? null : (this.ring.frame(this.next) ?? null)
  }

  /** Whether it has to read on now. Frames that are being gathered can wait, unless the session has left the room. */
  get isDue(): boolean {
    return this.next < (this.end === Number.POSITIVE_INFINITY ? this.ring.sealed : this.end)
  }

  /** `frames` frames were read, the last of them of input `seq`. */
  pass(frames: number, seq: number): void {
    this.next += frames
    this.seq = seq
  }

  /** The first frame after `seq` that it reads; null if such frames may be gone. */
  after(seq: number): number | null {
    const number = this.ring.after(seq)
    if (number !== null) return Math.max(this.from, number)
    return this.from >= this.ring.first ? this.from : null
  }

  /**
   * Takes the next frames to write, up to the one that reaches `max` bytes, without those that leave `session` out.
   * Readers that are in step, or equally far behind, get the same bytes, and not a copy each.
   */
  read(max: number, session: SessionId | null): Batch {
    const { ring, next } = this
    if (next >= ring.sealed) return null
    const rest = ring.rest(next, max)
    if (rest === null || isExcepted(session, rest)) return this.#catchUp(max, session)
    this.pass(rest.frames.length, seqOf(rest))
    return rest.bytes
  }

  /** Catches this reader up alone: chunk by chunk, so that a slow reader costs the others little time. */
  #catchUp(max: number, session: SessionId | null): Batch {
    if (this.hasLost) return 'overrun'
    const parts: Uint8Array[] = []
    let size = 0
    for (let chunk = this.ring.chunk(this.next); chunk && size < max; chunk = this.ring.chunk(this.next)) {
      const isWhole = chunk.first === this.next && size + chunk.bytes.length <= max && !isExcepted(session, chunk)
      if (isWhole) {
        parts.push(chunk.bytes)
        size += chunk.bytes.length
        this.pass(chunk.frames.length, seqOf(chunk))
        continue
      }
      for (const frame of chunk.frames.slice(this.next - chunk.first)) {
        this.pass(1, frame.seq)
        if (frame.except !== null && frame.except === session) continue
        parts.push(frame.bytes)
        size += frame.bytes.length
        if (size >= max) break
      }
    }
    return wholeOf(parts)
  }
}

const isExcepted = (session: SessionId | null, { excepts }: Chunk): boolean =>
  excepts !== null && session !== null && excepts.has(session)

const seqOf = ({ frames }: Chunk): number => (frames.at(-1) as Frame).seq
