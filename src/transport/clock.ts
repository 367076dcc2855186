import type { Clock } from '../port/clock.ts'

/** The longest delay of a Node timer: 2^31 - 1 milliseconds. A longer alarm rings early. */
const TIMER_MAX_MS = 0x7fffffff

/** When this process began, by the machine's monotonic time, which all its processes share. */
const BEGUN_MS = Number(process.hrtime.bigint()) / 1e6 - performance.now()

export const systemClock: Clock = {
  now: Date.now,
  elapsed: () => performance.now() + BEGUN_MS,
  alarm(ms, ring) {
    const timer = setTimeout(ring, Math.min(ms, TIMER_MAX_MS))
    return () => clearTimeout(timer)
  },
  turn(run) {
    setImmediate(run)
  },
}
