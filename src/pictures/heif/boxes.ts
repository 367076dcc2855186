/** Boxes of ISO/IEC 14496-12: a length and a name, then the content. */
import { latin, u32, u64 } from '../bytes.ts'
import { must } from '../reading.ts'

export type Box = { readonly name: string /** Of the content. */; readonly from: number; readonly to: number }

export const BOX_HEAD_BYTES = 8
/** With a length of 64 bits. */
export const LONG_HEAD_BYTES = 16

/** Boxes side by side, which fill the bytes between `from` and `to`. */
export function boxesIn(bytes: Uint8Array, from: number, to: number): readonly Box[] {
  const boxes: Box[] = []
  for (let at = from; at < to; ) {
    must(at + BOX_HEAD_BYTES <= to, 'a box is cut off')
    const length = u32(bytes, at)
    const isLong = length === 1
    const [whole, head] = isLong ? [u64(bytes, at + 8), LONG_HEAD_BYTES] : [length, BOX_HEAD_BYTES]
    must(whole >= head && at + whole <= to, 'a box has no valid length')
    boxes.push({ name: latin(bytes, at + 4, at + 8), from: at + head, to: at + whole })
    at += whole
  }
  return boxes
}

/** The content becomes zeros, and readers pass over the box. */
export function blank(bytes: Uint8Array, { from, to }: Box): void {
  bytes.fill(0, from, to)
}
