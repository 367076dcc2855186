/**
 * The delay before the next attempt to connect. It doubles, and half of it is random, so that clients don't all return
 * at once.
 */

const FIRST_MS = 250
const MOST_MS = 15_000

/** Milliseconds; `attempt` counts from 0, `random` is in [0, 1). */
export function backoff(attempt: number, random: number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 16))
  return Math.round(ceiling / 2 + (random * ceiling) / 2)
}
