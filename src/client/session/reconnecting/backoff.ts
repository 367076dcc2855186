/**
 * The delay before the next attempt to connect. It doubles, and half of it is random, so that clients don't all return
 * at once. However short a client's patience is, it makes some twenty attempts: a server that is restarted again and again
 * is there in between.
 */

const FIRST_MS = 250
const MOST_MS = 15_000

/** Number of attempts if each is as late as possible, and the shortest time between two of these. */
const [ATTEMPTS, LONG_MS] = [20, 1000]

/** Milliseconds; `attempt` counts from 0, `random` is in [0, 1). `patience` null: without an end. */
export function backoff(attempt: number, random: number, patience: number | null = null): number {
  const most = Math.min(MOST_MS, Math.max(LONG_MS, (patience ?? Number.POSITIVE_INFINITY) / ATTEMPTS))
  const ceiling = Math.min(most, FIRST_MS * 2 ** Math.min(attempt, 16))
  return Math.round(ceiling / 2 + (random * ceiling) / 2)
}
