/**
 * A seal of random bytes comes before the bytes of each file, so no two uploads have the same hash: erasing one never takes
 * another's, and nobody learns from an upload whether somebody else has the same file.
 */
import type { Entropy } from '../../port/entropy.ts'

/** Hexadecimal digits of 128 bits. */
export const SEAL_BYTES = 32

export const sealOf = (entropy: Entropy): Uint8Array =>
  Buffer.alloc(SEAL_BYTES, entropy.secret().padEnd(SEAL_BYTES, '.'))

export async function* unsealed(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let seal = SEAL_BYTES
  for await (const piece of pieces) {
    if (piece.length > seal) yield piece.subarray(seal)
    seal = Math.max(0, seal - piece.length)
  }
}
