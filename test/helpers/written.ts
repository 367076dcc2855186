/** The output of an encoding, as the bytes that a connection gets. */
import type { Enclosing } from '../../src/codec/codec.ts'

export const written = (wire: readonly (string | Uint8Array | Enclosing)[]): Buffer => Buffer.concat(wire.map(bytesOf))

function bytesOf(one: string | Uint8Array | Enclosing): Uint8Array {
  if (typeof one === 'string') return Buffer.from(one)
  return one instanceof Uint8Array ? one : Buffer.concat([one.head, ...one.shared, one.tail].map(bytesOf))
}
