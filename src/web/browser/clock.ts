/** The clock of a browser. In a suspended page, an alarm rings late: at once after it wakes. */
import type { Clock } from '../../port/clock.ts'

export const browserClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  alarm(ms, ring) {
    const timer = setTimeout(ring, ms)
    return () => clearTimeout(timer)
  },
  // A browser has no end of the turn. The microtask queue comes before any timer.
  turn(run) {
    queueMicrotask(run)
  },
}
