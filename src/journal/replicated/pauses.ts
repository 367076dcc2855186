/** Pauses before something is tried again. None of them outlives the one that pauses. */
import { REPLICATED_RETRY_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'

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

  end(): void {
    this.#isOver = true
    for (const [resolve, cancel] of this.#waiting) {
      cancel()
      resolve()
    }
    this.#waiting.clear()
  }
}
