/** Randomness of the machine: ids of 96 bits, secrets of 192 bits. Digests are SHA-256. */
import { hash, randomFillSync } from 'node:crypto'
import type { Entropy } from '../port/entropy.ts'

/** Asked for in one piece, because each question costs as much as hundreds of these bytes. None is used twice. */
const pool = Buffer.allocUnsafeSlow(4096)
let used = pool.length

function random(bytes: number, encoding: 'base64url' | 'hex'): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const text = pool.toString(encoding, used, used + bytes)
  pool.fill(0, used, used + bytes)
  used += bytes
  return text
}

export const systemEntropy: Entropy = {
  id: () => random(12, 'base64url'),
  secret: () => random(24, 'hex'),
  digest: secret => hash('sha256', secret, 'hex'),
}
