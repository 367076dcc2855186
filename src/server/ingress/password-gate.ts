/**
 * The password check. It compares hashes in constant time. After wrong passwords an address has to wait before the next
 * check, longer each time. During the wait a right password is not checked either.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Refusal } from '../../model/error.ts'
import { PASSWORD_ADDRESSES_MAX, PASSWORD_FREE_TRIES } from '../../model/limits.ts'
import { networkOf } from '../../transport/network.ts'
import { Failures } from './bounds/failures.ts'

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
  const failures = new Failures(PASSWORD_FREE_TRIES, PASSWORD_ADDRESSES_MAX)

  function pass(address: string, given: string | null, now: number): Refusal | null {
    if (given === null) return { code: 'password-needed', detail: '' }
    const from = networkOf(address)
    const wait = failures.wait(from, now)
    if (wait > 0) return { code: 'password-wait', detail: `${Math.ceil(wait / 1000)}` }
    if (timingSafeEqual(digest(given), expected)) return null
    failures.add(from, now)
    return { code: 'password-wrong', detail: '' }
  }

  return {
    pass,
    renew(next) {
      expected = digest(next)
    },
  }
}
