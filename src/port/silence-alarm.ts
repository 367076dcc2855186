/**
 * An alarm that judges a peer by its silence. While this process stood still (SIGSTOP, a paused machine, a long task)
 * it read nothing. So the peer gets that time again, once. Data that has arrived by then is read before the judgement.
 */
import { STALL_MS } from '../model/limits.ts'
import type { Clock } from './clock.ts'

/** Calls `judge` once, after `ms` milliseconds or at most twice as many. Returns a function that cancels it. */
export function judging(clock: Clock, ms: number, judge: () => void): () => void {
  let isOff = false
  let cancel = (): void => {}
  const wait = (left: number, again: boolean): void => {
    const due = clock.elapsed() + left
    cancel = clock.alarm(left, () => {
      const late = clock.elapsed() - due
      if (again && late >= STALL_MS) return wait(Math.min(late, ms), false)
      clock.turn(() => {
        if (!isOff) judge()
      })
    })
  }
  wait(ms, true)
  return () => {
    isOff = true
    cancel()
  }
}
