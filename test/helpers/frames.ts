/** Frames for rings and readers: the text of each tells which it is. */
import { AT_THE_END } from '../../src/server/delivery/frames.ts'
import { type Frame, Ring } from '../../src/server/delivery/reading/ring.ts'

type Place = Partial<Pick<Frame, 'k' | 'part' | 'except' | 'author'>> & { readonly size?: number }

/** `size` in bytes; the text fills the first of them. */
export function frame(seq: number, text: string, { size = 0, ...place }: Place = {}): Frame {
  return { seq, k: 0, part: 0, except: null, bytes: Buffer.from(`${text};`.padEnd(size, '.')), ...place }
}

/** An answer that no input brought. */
export const answer = (seq: number, text: string): Frame => frame(seq, text, { k: AT_THE_END })

export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8')

/** A ring that is bounded by the bytes of its frames alone. */
export const ringOf = (bytes: number): Ring => new Ring(bytes, chunk => chunk.bytes.length)
