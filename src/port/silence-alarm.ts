/**
 * An alarm that judges a peer by its silence. While this process stood still (SIGSTOP, a paused machine, a long task)
 * it read nothing. So the peer gets that time again, once. Data that has arrived by then is read before the judgement.
 */
import { STALL_MS } from '../model/limits.ts'
import type { Clock } from './clock.ts'

export class SilenceAlarm {
  readonly #clock: Clock
  readonly #judge: () => void
  /** Cancels the timer; null while the alarm is off. */
  #cancel: (() => void) | null = null
  /** How often it was set or switched off: a turn that ends later than that judges nothing. */
  #settings = 0

  constructor(clock: Clock, judge: () => void) {
    this.#clock = clock
    this.#judge = judge
  }

  /** Calls `judge` once, after `ms` milliseconds or at most twice as many. An earlier setting no longer counts. */
  set(ms: number): void {
    this.off()
    this.#wait(ms, true)
  }

  off(): void {
    this.#settings++
    this.#cancel?.()
    this.#cancel = null
  }

  #wait(ms: number, again: boolean): void {
    const due = this.#clock.elapsed() + ms
    this.#cancel = this.#clock.alarm(ms, () => {
      this.#cancel = null
      const late = this.#clock.elapsed() - due
      if (again && late >= STALL_MS) return this.#wait(Math.min(late, ms), false)
      const settings = this.#settings
      this.#clock.turn(() => {
        if (settings === this.#settings) this.#judge()
      })
    })
  }
}
