/**
 * A broker that is cut off from the others takes requests and answers none of them, while its connection is sound. So a
 * node that gets no answers for a while asks another broker. An election has the same signs, and costs one change for
 * nothing.
 */
import { BROKER_DEAF_MS } from '../../model/limits.ts'

export class Unanswered {
  readonly #elapsed: () => number
  readonly #leave: () => void
  /** When the first one was given up since the last answer, or since the last change. */
  #since: number | null = null

  /** `elapsed` gives monotonic milliseconds. `leave` goes to another broker. */
  constructor(elapsed: () => number, leave: () => void) {
    this.#elapsed = elapsed
    this.#leave = leave
  }

  /** A request was answered. */
  answered(): void {
    this.#since = null
  }

  /** A request was given up. */
  gaveUp(): void {
    const now = this.#elapsed()
    this.#since ??= now
    if (now - this.#since < BROKER_DEAF_MS) return
    this.#since = now
    this.#leave()
  }
}
