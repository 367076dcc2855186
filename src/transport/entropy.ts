/** Randomness of the machine: ids of 96 bits, secrets of 192 bits. Digests are SHA-256. */
import { createHash, randomBytes } from 'node:crypto'
import type { Entropy } from '../port/entropy.ts'

export const systemEntropy: Entropy = {
  id: () => randomBytes(12).toString('base64url'),
  secret: () => randomBytes(24).toString('hex'),
  digest: secret => createHash('sha256').update(secret).digest('hex'),
}
