/** The clock of the machine. */
import type { Clock } from '../port/clock.ts'

/** The longest that a timer of Node runs: 2^31 - 1 milliseconds. Longer ones ring early. */
const TIMER_MAX_MS = 0x7fffffff

export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  alarm(ms, ring) {
    const timer = setTimeout(ring, Math.min(ms, TIMER_MAX_MS))
    return () => clearTimeout(timer)
  },
  turn(run) {
    setImmediate(run)
  },
}
