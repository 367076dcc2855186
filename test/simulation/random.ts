/** Randomness that repeats: a stream of numbers for each key, so that leaving one thing out changes nothing else. */

export type Random = {
  /** In [0, 1). */
  readonly next: () => number
  /** A whole number from 0 to `n - 1`. */
  readonly below: (n: number) => number
  readonly chance: (probability: number) => boolean
  /** One of these; there must be one. */
  readonly pick: <T>(of: readonly T[]) => T
}

export function random(key: string): Random {
  let state = hash(key)
  const next = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number): number => Math.floor(next() * n)
  return {
    next,
    below,
    chance: probability => next() < probability,
    pick: <T>(of: readonly T[]): T => of[below(of.length)] as T,
  }
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value | 0
}
