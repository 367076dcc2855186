/**
 * The frames of one room in one encoding, in order, encoded once for everybody. Readers hold cursors (frame numbers)
 * into it, so a slow reader costs nobody else anything. Bounded in bytes: the oldest chunks go first.
 *
 * A chunk has the frames of one turn of the event loop, or those gathered over several. A reader that is in step takes
 * it as it is, without a copy.
 */
import type { MemberId, SessionId } from '../../../model/input.ts'
import { CHUNK_HELD_BYTES, FRAME_HELD_BYTES } from '../../../model/limits.ts'

export type Frame = {
  /** The input, and the event in it, that the frame is of: readers merge rings by these. */
  readonly seq: number
  readonly k: number
  /** The number of the frame within its event, for protocols that need several. */
  readonly part: number
  /** The session that does not get it, if any: the sender, in a protocol that does not echo. */
  readonly except: SessionId | null
  /** The author, if readers that ignore it must not get the frame. */
  readonly author?: MemberId
  readonly quote?: FrameQuote
  /** The same bytes for ever, but not always in the same memory. */
  bytes: Uint8Array
  /** The memory is that of many frames, so it's neither copied nor counted. */
  readonly isShared?: true
  /** The next frame continues this one: nothing else may be written between them. */
  readonly goesOn?: true
}

/** The part of a frame that quotes somebody. Readers whose member ignores that one get `instead`. */
export type FrameQuote = {
  readonly author: MemberId
  readonly at: number
  readonly length: number
  readonly instead: Uint8Array
}

export type Chunk = {
  /** Number of its first frame. */
  readonly first: number
  readonly frames: readonly Frame[]
  /** All frames, one after another. */
  readonly bytes: Uint8Array
  readonly excepts: ReadonlySet<SessionId> | null
}

export class Ring {
  #chunks: Chunk[] = []
  #open: Frame[] = []
  #bytes = 0
  #next = 0
  /** The latest chunks as one, for readers that are as far behind as the last one that asked. */
  #rest: Chunk | null = null
  readonly #max: number

  readonly #held: (chunk: Chunk) => number

  /** Keeps at most `max` bytes, but always the latest chunk. `held` gives the memory of a chunk in bytes. */
  constructor(max: number, held = heldBy) {
    this.#max = max
    this.#held = held
  }

  /** Number of the oldest frame that is still here. */
  get first(): number {
    return this.#chunks[0]?.first ?? this.sealed
  }

  /** Number that the next frame will have. */
  get next(): number {
    return this.#next
  }

  /** Bytes of memory that it holds. */
  get size(): number {
    return this.#bytes
  }

  /** Number after the last frame of a chunk. Later frames wait for others, and nobody is written to for them alone. */
  get sealed(): number {
    return this.#next - this.#open.length
  }

  /** Every reader gets the frame after `seal`. */
  append(frame: Frame): void {
    this.#open.push(frame)
    this.#next++
  }

  /** Makes the frames since the last seal one chunk. */
  seal(): void {
    if (this.#open.length === 0) return
    const chunk = chunkOf(this.sealed, this.#open)
    this.#open = []
    this.#rest = null
    this.#chunks.push(chunk)
    this.#bytes += this.#held(chunk)
    while (this.#bytes > this.#max && this.#chunks.length > 1) {
      this.#bytes -= this.#held(this.#chunks.shift() as Chunk)
    }
  }

  /** The chunk that holds frame `number`; undefined beyond the ends. Most readers ask for the latest. */
  chunk(number: number): Chunk | undefined {
    const latest = this.#chunks.at(-1)
    const chunk = latest && latest.first <= number ? latest : this.#chunks[this.#indexOf(number)]
    return chunk && number < chunk.first + chunk.frames.length ? chunk : undefined
  }

  /**
   * All sealed frames from `number` on, if a chunk begins there and they have at most `max` bytes. While members are
   * written to in several turns, many of them are equally far behind: these share one copy.
   */
  rest(number: number, max: number): Chunk | null {
    if (this.#rest?.first === number) return this.#rest.bytes.length > max ? null : this.#rest
    const latest = this.#chunks.at(-1)
    if (latest?.first === number) return latest.bytes.length > max ? null : latest
    const at = this.#indexOf(number)
    if (this.#chunks[at]?.first !== number) return null
    const chunks = this.#chunks.slice(at)
    if (chunks.reduce((sum, { bytes }) => sum + bytes.length, 0) > max) return null
    this.#rest = joinedChunks(chunks)
    return this.#rest
  }

  /** All readers have read it, or as much as they can take. */
  rested(): void {
    this.#rest = null
  }

  /** Frame `number`, sealed or not; undefined beyond the ends. */
  frame(number: number): Frame | undefined {
    if (number >= this.sealed) return this.#open[number - this.sealed]
    const chunk = this.chunk(number)
    return chunk?.frames[number - chunk.first]
  }

  /**
   * The last chunk that begins at `number` or before, by binary search: a reader that is far behind asks for each of
   * its frames.
   */
  #indexOf(number: number): number {
    let [low, high] = [0, this.#chunks.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#chunks[middle] as Chunk).first <= number) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** Number of the first frame after `seq`, or null if frames after it may be gone already. */
  after(seq: number): number | null {
    const oldest = this.#chunks[0]
    if (oldest && oldest.first > 0 && (oldest.frames[0] as Frame).seq > seq) return null
    for (const chunk of this.#chunks) {
      const index = chunk.frames.findIndex(frame => frame.seq > seq)
      if (index >= 0) return chunk.first + index
    }
    // A session that resumes in this turn does not get the earlier frames of the turn again.
    const open = this.#open.findIndex(frame => frame.seq > seq)
    return open < 0 ? this.#next : this.sealed + open
  }
}

/** Bytes of memory: a short text is the least of it. */
export const heldBy = ({ bytes, frames }: Chunk): number =>
  bytes.length + frames.length * FRAME_HELD_BYTES + CHUNK_HELD_BYTES

function chunkOf(first: number, frames: readonly Frame[]): Chunk {
  const excepts = frames.flatMap(({ except }) => (except === null ? [] : [except]))
  return { first, frames, bytes: own(...frames), excepts: excepts.length === 0 ? null : new Set(excepts) }
}

function joinedChunks(chunks: readonly Chunk[]): Chunk {
  const excepts = new Set(chunks.flatMap(chunk => [...(chunk.excepts ?? [])]))
  return {
    first: (chunks[0] as Chunk).first,
    frames: chunks.flatMap(({ frames }) => frames),
    bytes: concat(chunks.map(({ bytes }) => bytes)),
    excepts: excepts.size === 0 ? null : excepts,
  }
}

/**
 * Moves the bytes of frames that stay into memory of their own, and returns all of it. Node cuts small buffers out of a
 * pool of 64 KiB, and one that stays keeps its whole pool.
 */
export function own(...frames: readonly Frame[]): Uint8Array {
  const [only] = frames
  if (only && frames.length === 1 && isOwner(only)) return only.bytes
  const whole = joined(
    frames.map(({ bytes }) => bytes),
    Buffer.allocUnsafeSlow,
  )
  let at = 0
  for (const frame of frames) {
    const end = at + frame.bytes.length
    // A frame of several rings keeps its own memory: in that of a chunk it would hold the chunk for the other rings.
    if (!isOwner(frame)) frame.bytes = whole.subarray(at, end)
    at = end
  }
  return whole
}

const isOwner = ({ bytes }: Frame): boolean => bytes.length === bytes.buffer.byteLength

/** The bytes of a frame that quotes nobody. */
export const unquoted = ({ bytes, quote }: Frame): Uint8Array =>
  quote ? concat([bytes.subarray(0, quote.at), quote.instead, bytes.subarray(quote.at + quote.length)]) : bytes

/** The parts one after another, for bytes that are soon written. */
export const concat = (parts: readonly Uint8Array[]): Uint8Array => joined(parts, Buffer.allocUnsafe)

/** One part is not copied; null: there is none. */
export function wholeOf(parts: readonly Uint8Array[]): Uint8Array | null {
  const [first = null] = parts
  return parts.length < 2 ? first : concat(parts)
}

function joined(parts: readonly Uint8Array[], allocate: (size: number) => Uint8Array): Uint8Array {
  const whole = allocate(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
