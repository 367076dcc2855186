/** Ids and secrets that repeat with the seed. */
import type { Entropy } from '../../src/port/entropy.ts'

export function seededEntropy(seed = 'a'): Entropy {
  let count = 0
  return {
    id: () => `${seed}${++count}`,
    secret: () => `secret-${seed}${++count}`,
    digest: secret => `digest-of-${secret}`,
  }
}
