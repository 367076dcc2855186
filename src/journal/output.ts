/** The output of a live message, put together from its pieces, whose texts stay with their inputs. */
import { LIVE_TAIL_BYTES } from '../model/limits.ts'
import type { LiveEnd, LiveView, Piece } from '../model/message/live.ts'
import { tailOf } from '../model/message/live-text.ts'
import type { Output } from '../port/history.ts'
import type { RecordedChange } from './recorded.ts'

export type TextOf = (seq: number) => string | null

/** Bytes in all pieces. */
export const sizeOf = (pieces: readonly Piece[]): number =>
  pieces.reduce((most, { offset, size }) => Math.max(most, offset + size), 0)

/**
 * At most `most` bytes from `from` on; a negative one counts from the end. It ends before a piece that is erased or
 * forgotten. Throws if a piece isn't as it was stored.
 */
export function outputIn(pieces: readonly Piece[], textOf: TextOf, from: number, most: number): Output {
  const size = sizeOf(pieces)
  const offset = Math.min(size, from < 0 ? Math.max(0, size + from) : from)
  const end = Math.min(size, offset + most)
  const parts: Buffer[] = []
  for (const piece of pieces) {
    const behind = piece.offset + piece.size
    if (piece.size === 0 || behind <= offset || piece.offset >= end) continue
    const text = textOf(piece.seq)
    if (text === null) break
    const bytes = Buffer.from(text, 'base64')
    if (bytes.length !== piece.size) throw new RangeError(`piece ${piece.seq} of an output is damaged`)
    parts.push(bytes.subarray(Math.max(0, offset - piece.offset), end - piece.offset))
  }
  return { offset, size, bytes: Buffer.concat(parts) }
}

/** That of a deleted message: a piece that met the deletion may still be there. */
export const NO_OUTPUT: Output = { offset: 0, size: 0, bytes: Buffer.alloc(0) }

/** The output in a message of the past. */
export function liveViewOf(pieces: readonly Piece[], textOf: TextOf, end: LiveEnd | undefined): LiveView {
  const { bytes, size, offset } = outputIn(pieces, textOf, -LIVE_TAIL_BYTES, LIVE_TAIL_BYTES)
  return { size, tail: tailOf(bytes, offset === 0), ...(end && { end }) }
}

/**
 * The piece that a change adds to its message. The last lines of a message that has ended are one of no bytes: they are not part
 * of the output, and are erased with it.
 */
export function pieceOf({ event, seq }: RecordedChange): Piece | null {
  if (event.type === 'grew') return event.piece.size === 0 ? null : event.piece
  return event.type === 'finished' && event.tail ? { seq, offset: event.size, size: 0 } : null
}
