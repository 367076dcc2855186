import type { Clock } from '../port/clock.ts'

/** The longest delay of a Node timer: 2^31 - 1 milliseconds. A longer alarm rings early. */
const TIMER_MAX_MS = 0x7fffffff

export const systemClock: Clock = {
  now: Date.now,
  elapsed: sinceBoot,
  alarm(ms, ring) {
    const timer = setTimeout(ring, Math.min(ms, TIMER_MAX_MS))
    return () => clearTimeout(timer)
  },
  turn(run) {
    setImmediate(run)
  },
}

/**
 * The machine's monotonic time in milliseconds, which all its processes share. Not by `performance`, with which Node would
 * load its whole module of measuring.
 */
function sinceBoot(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
