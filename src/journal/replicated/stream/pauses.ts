/** Pauses before something is tried again. None of them outlasts the one that pauses. */
import { REPLICATED_RETRY_MS } from '../../../model/limits.ts'
import type { Clock } from '../../../port/clock.ts'

export class Pauses {
  readonly #clock: Clock
  readonly #waiting = new Map<() => void, () => void>()
  #isOver = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves after REPLICATED_RETRY_MS, or when it's over. */
  pause(): Promise<void> {
    return new Promise(resolve => {
      if (this.#isOver) return resolve()
      const cancel = this.#clock.alarm(REPLICATED_RETRY_MS, () => {
        this.#waiting.delete(resolve)
        resolve()
      })
      this.#waiting.set(resolve, cancel)
    })
  }

  /** Resolves with the outcome, or with null if `ms` milliseconds or all pauses end before it. */
  within<T>(ms: number, outcome: Promise<T>): Promise<T | null> {
    return new Promise(resolve => {
      const over = (): void => resolve(null)
      if (this.#isOver) return over()
      const cancel = this.#clock.alarm(ms, () => {
        this.#waiting.delete(over)
        over()
      })
      this.#waiting.set(over, cancel)
      void outcome.then(result => {
        cancel()
        this.#waiting.delete(over)
        resolve(result)
      })
    })
  }

  end(): void {
    this.#isOver = true
    for (const [resolve, cancel] of this.#waiting) {
      cancel()
      resolve()
    }
    this.#waiting.clear()
  }
}
