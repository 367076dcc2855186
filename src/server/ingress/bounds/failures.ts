/**
 * Failed guesses, by the key that they are counted for. After some of them, the next has to wait, longer each time.
 * During the wait a right guess is not checked either. Bounded: the oldest are forgotten.
 */
import { PASSWORD_MEMORY_MS, PASSWORD_WAIT_MAX_MS, PASSWORD_WAIT_MS } from '../../../model/limits.ts'

type Failed = { readonly count: number; readonly at: number }

const NONE: Failed = { count: 0, at: 0 }

export class Failures {
  readonly #free: number
  readonly #most: number
  /** The latest failure stands last. */
  readonly #failed = new Map<string, Failed>()

  /** `free`: failures before the first wait. `most`: how many keys are remembered. */
  constructor(free: number, most: number) {
    this.#free = free
    this.#most = most
  }

  /** Milliseconds until the next check; 0: now. `now` is monotonic milliseconds. */
  wait(key: string, now: number): number {
    const { count, at } = this.#recent(key, now)
    const beyond = count - this.#free
    if (beyond < 0) return 0
    return Math.max(0, at + Math.min(PASSWORD_WAIT_MS * 2 ** beyond, PASSWORD_WAIT_MAX_MS) - now)
  }

  add(key: string, now: number): void {
    const { count } = this.#recent(key, now)
    this.#failed.delete(key)
    this.#failed.set(key, { count: count + 1, at: now })
    const [oldest] = this.#failed.keys()
    if (this.#failed.size > this.#most && oldest !== undefined) this.#failed.delete(oldest)
  }

  forget(key: string): void {
    this.#failed.delete(key)
  }

  #recent(key: string, now: number): Failed {
    const failed = this.#failed.get(key)
    return failed && now - failed.at < PASSWORD_MEMORY_MS ? failed : NONE
  }
}
