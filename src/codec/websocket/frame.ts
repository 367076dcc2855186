/** Frames as a server writes them (RFC 6455, 5.2): whole, not masked, not compressed. */
import type { Enclosing } from '../codec.ts'

export const OPCODE = { text: 0x1, ping: 0x9 } as const

const FIN = 0x80
/**
 * Lengths up to SHORT_MAX are in the second byte. The values 126 and 127 there mean that 2 or 8 bytes of length follow.
 */
const SHORT_MAX = 125
const TWO_BYTES_MAX = 0xffff

const utf8 = new TextEncoder()

export const frame = (opcode: number, payload: Uint8Array): Uint8Array => begun(opcode, payload.length, payload)

/** The bytes of a frame up to the end of `begin`. It goes on until its payload has `length` bytes. */
function begun(opcode: number, length: number, begin: Uint8Array): Uint8Array {
  const head = length <= SHORT_MAX ? 2 : length <= TWO_BYTES_MAX ? 4 : 10
  const bytes = new Uint8Array(head + begin.length)
  const view = new DataView(bytes.buffer)
  bytes[0] = FIN | opcode
  if (head === 2) bytes[1] = length
  else {
    bytes[1] = head === 4 ? SHORT_MAX + 1 : SHORT_MAX + 2
    if (head === 4) view.setUint16(2, length)
    else view.setBigUint64(2, BigInt(length))
  }
  bytes.set(begin, head)
  return bytes
}

/** A text frame around memory that is shared. */
export function enclosingFrame({ head, shared, tail }: Enclosing<string>): Enclosing<Uint8Array> {
  const [begin, end] = [utf8.encode(head), utf8.encode(tail)]
  const length = shared.reduce((sum, part) => sum + part.length, begin.length + end.length)
  return { head: begun(OPCODE.text, length, begin), shared, tail: end }
}

export const textFrame = (text: string): Uint8Array => frame(OPCODE.text, utf8.encode(text))
