/** A set of keys in few bytes: it may take a key for one of its own that is none, but knows each of its own (Bloom, 1970). */

/** Bits a key, and bits that are set for each: one in a hundred others is taken for a key. */
const BITS = 10
const HASHES = 5
/** Bytes of the least. */
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

/** Two hashes of a key make all others (Kirsch and Mitzenmacher, 2006). */
const stepOf = (key: number): number => mixed(key ^ 0x5bd1e995) | 1

/** The finaliser of MurmurHash3, so that keys that are alike are so no more. */
function mixed(key: number): number {
  let hash = key
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
