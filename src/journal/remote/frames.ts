/**
 * Messages on a socket between two processes of one server: four bytes of length, then JSON. Both ends are rxchat, so a
 * frame that breaks the rules is a defect, and ends the connection.
 */
import { FRAME_MAX_BYTES } from '../../model/limits.ts'

const HEAD_BYTES = 4

export function frameOf(message: unknown): Buffer {
  const json = JSON.stringify(message)
  const bytes = Buffer.byteLength(json)
  if (bytes > FRAME_MAX_BYTES) throw new RangeError(`a frame has ${bytes} bytes`)
  const frame = Buffer.allocUnsafe(HEAD_BYTES + bytes)
  frame.writeUInt32BE(bytes)
  frame.write(json, HEAD_BYTES)
  return frame
}

/** Puts frames together from pieces of any size. */
export class FrameReader {
  #pieces: Buffer[] = []
  #size = 0
  #wanted = HEAD_BYTES
  #isHead = true

  /** The messages that are whole now. Throws on a frame that is too long. */
  push(piece: Buffer): readonly unknown[] {
    const messages: unknown[] = []
    this.#pieces.push(piece)
    this.#size += piece.length
    while (this.#size >= this.#wanted) {
      const bytes = this.#take(this.#wanted)
      if (this.#isHead) {
        this.#wanted = bytes.readUInt32BE()
        if (this.#wanted > FRAME_MAX_BYTES) throw new RangeError(`a frame of ${this.#wanted} bytes`)
      } else {
        this.#wanted = HEAD_BYTES
        messages.push(JSON.parse(bytes.toString('utf8')))
      }
      this.#isHead = !this.#isHead
    }
    return messages
  }

  #take(count: number): Buffer {
    const [first] = this.#pieces
    const all = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces)
    this.#pieces = all.length > count ? [all.subarray(count)] : []
    this.#size -= count
    return all.subarray(0, count)
  }
}
