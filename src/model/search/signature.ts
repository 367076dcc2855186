/** A set of keys in a few bytes (Bloom, 1970). It may report a key that it doesn't have, but never misses one. */

/** Bits per key, and hashes per key: about one in a hundred other keys is reported by mistake. */
const BITS = 10
const HASHES = 5
/** Size of the smallest signature, in bytes. */
const LEAST = 8

export function signatureOf(keys: ReadonlySet<number>): Uint8Array {
  const signature = new Uint8Array(Math.max(LEAST, Math.ceil((keys.size * BITS) / 8)))
  const size = signature.length * 8
  for (const key of keys) {
    const [first, step] = [mixed(key), stepOf(key)]
    for (let k = 0; k < HASHES; k++) {
      const bit = (first + Math.imul(k, step)) >>> 0
      const at = (bit % size) >>> 3
      signature[at] = (signature[at] as number) | (1 << ((bit % size) & 7))
    }
  }
  return signature
}

export function mayHaveAll(signature: Uint8Array, keys: readonly number[]): boolean {
  const size = signature.length * 8
  return keys.every(key => {
    const [first, step] = [mixed(key), stepOf(key)]
    for (let k = 0; k < HASHES; k++) {
      const bit = ((first + Math.imul(k, step)) >>> 0) % size
      if (((signature[bit >>> 3] as number) & (1 << (bit & 7))) === 0) return false
    }
    return true
  })
}

/** All hashes of a key are made from two (Kirsch and Mitzenmacher, 2006). */
const stepOf = (key: number): number => mixed(key ^ 0x5bd1e995) | 1

/** The finaliser of MurmurHash3: similar keys get very different hashes. */
function mixed(key: number): number {
  let hash = key
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
