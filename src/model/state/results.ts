/**
 * The latest results of a session, oldest first, at most PENDING_MAX. Persistent like all state: the versions share one
 * array, each sees its own part of it, and only the latest one appends. A copy each time was most of the cost of a
 * fold.
 */
import type { Result } from '../event.ts'
import { PENDING_MAX } from '../limits.ts'

export class Results {
  readonly #shared: Result[]
  readonly #from: number
  readonly #to: number

  private constructor(shared: Result[], from: number, to: number) {
    this.#shared = shared
    this.#from = from
    this.#to = to
  }

  /** Keeps the latest PENDING_MAX of `results`. */
  static of(results: readonly Result[]): Results {
    const kept = results.slice(-PENDING_MAX)
    return new Results(kept, 0, kept.length)
  }

  with(result: Result): Results {
    const isLatest = this.#to === this.#shared.length && this.#to > 0 && this.#to < 2 * PENDING_MAX
    const shared = isLatest ? this.#shared : this.list()
    shared.push(result)
    return new Results(shared, Math.max(0, shared.length - PENDING_MAX), shared.length)
  }

  find(n: number): Result | undefined {
    for (let at = this.#to - 1; at >= this.#from; at--) if (this.#shared[at]?.n === n) return this.#shared[at]
    return undefined
  }

  get oldest(): Result | undefined {
    return this.#from < this.#to ? this.#shared[this.#from] : undefined
  }

  /** Whether no result was dropped to make room. */
  get isAll(): boolean {
    return this.#to - this.#from < PENDING_MAX
  }

  list(): Result[] {
    return this.#shared.slice(this.#from, this.#to)
  }

  toJSON(): readonly Result[] {
    return this.list()
  }
}
