/** Randomness that repeats with its key. */

export type Random = {
  /** In [0, 1). */
  readonly next: () => number
  /** A whole number from 0 to `n - 1`. */
  readonly below: (n: number) => number
  readonly chance: (probability: number) => boolean
}

export function random(key: string): Random {
  let state = hash(key)
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { next, below: n => Math.floor(next() * n), chance: probability => next() < probability }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value | 0
}
