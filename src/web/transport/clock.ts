/** The clock of a browser. One that sleeps rings late, and at once when it wakes. */
import type { Clock } from '../../port/clock.ts'

export const browserClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now(),
  alarm(ms, ring) {
    const timer = setTimeout(ring, ms)
    return () => clearTimeout(timer)
  },
  // A browser has no end of the turn; what stands in the queue of messages comes before a timer does.
  turn(run) {
    queueMicrotask(run)
  },
}
