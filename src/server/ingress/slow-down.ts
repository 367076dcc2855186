/**
 * Slows guessing down: after some failures a key, such as a network, has to wait before its next attempt, longer each
 * time. During the wait nothing of it is checked, so that a right guess tells nothing either.
 */
import {
  PASSWORD_ADDRESSES_MAX,
  PASSWORD_FREE_TRIES,
  PASSWORD_MEMORY_MS,
  PASSWORD_WAIT_MAX_MS,
  PASSWORD_WAIT_MS,
} from '../../model/limits.ts'

export class SlowDown {
  /** The key with the latest failure stands last. */
  readonly #failures = new Map<string, Failures>()

  /** Seconds until the next attempt; 0: it may be made now. `now` is monotonic milliseconds. */
  wait(key: string, now: number): number {
    const { count, at } = this.#recent(key, now)
    return Math.max(0, Math.ceil((at + waitAfter(count) - now) / 1000))
  }

  fail(key: string, now: number): void {
    const { count } = this.#recent(key, now)
    this.#failures.delete(key)
    this.#failures.set(key, { count: count + 1, at: now })
    const [oldest] = this.#failures.keys()
    if (this.#failures.size > PASSWORD_ADDRESSES_MAX && oldest !== undefined) this.#failures.delete(oldest)
  }

  #recent(key: string, now: number): Failures {
    const failures = this.#failures.get(key)
    return failures && now - failures.at < PASSWORD_MEMORY_MS ? failures : NONE
  }
}

type Failures = { readonly count: number; readonly at: number }

const NONE: Failures = { count: 0, at: 0 }

/** Milliseconds from the last failure to the next attempt. */
function waitAfter(count: number): number {
  const beyond = count - PASSWORD_FREE_TRIES
  return beyond < 0 ? 0 : Math.min(PASSWORD_WAIT_MS * 2 ** beyond, PASSWORD_WAIT_MAX_MS)
}
