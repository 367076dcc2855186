/**
 * The password check. It compares hashes in constant time. After wrong passwords an address has to wait before the next
 * check, longer each time. During the wait a right password is not checked either.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Refusal } from '../../model/error.ts'
import {
  PASSWORD_ADDRESSES_MAX,
  PASSWORD_FREE_TRIES,
  PASSWORD_MEMORY_MS,
  PASSWORD_WAIT_MAX_MS,
  PASSWORD_WAIT_MS,
} from '../../model/limits.ts'
import { networkOf } from '../../transport/network.ts'

export type PasswordGate = {
  /** Null: the password is right. `now` is monotonic milliseconds. */
  readonly pass: (address: string, password: string | null, now: number) => Refusal | null
  /** Changes the password. A gate without one stays open. */
  readonly renew: (password: string) => void
}

export const openPasswordGate: PasswordGate = { pass: () => null, renew: () => {} }

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest()

/** `digest` has to give the same number of bytes for every text. */
export function passwordGate(password: string, digest = sha256): PasswordGate {
  let expected = digest(password)
  /** The address with the latest failure stands last. */
  const failures = new Map<string, Failures>()

  function fail(from: string, before: number, now: number): Refusal {
    failures.delete(from)
    failures.set(from, { count: before + 1, at: now })
    const [oldest] = failures.keys()
    if (failures.size > PASSWORD_ADDRESSES_MAX && oldest !== undefined) failures.delete(oldest)
    return { code: 'password-wrong', detail: '' }
  }

  function pass(address: string, given: string | null, now: number): Refusal | null {
    if (given === null) return { code: 'password-needed', detail: '' }
    const from = networkOf(address)
    const { count, at } = recent(failures.get(from), now)
    const wait = at + waitAfter(count) - now
    if (wait > 0) return { code: 'password-wait', detail: `${Math.ceil(wait / 1000)}` }
    return timingSafeEqual(digest(given), expected) ? null : fail(from, count, now)
  }

  return {
    pass,
    renew(next) {
      expected = digest(next)
    },
  }
}

type Failures = { readonly count: number; readonly at: number }

const NONE: Failures = { count: 0, at: 0 }

const recent = (failures: Failures | undefined, now: number): Failures =>
  failures && now - failures.at < PASSWORD_MEMORY_MS ? failures : NONE

/** Milliseconds from the last failure to the next check. */
function waitAfter(count: number): number {
  const beyond = count - PASSWORD_FREE_TRIES
  return beyond < 0 ? 0 : Math.min(PASSWORD_WAIT_MS * 2 ** beyond, PASSWORD_WAIT_MAX_MS)
}
