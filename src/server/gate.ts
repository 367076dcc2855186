/**
 * The password at the door. It is compared by hashes, in a time that tells nothing; and an address from which wrong ones
 * come has to wait, longer each time, for the next look at one. While it waits a right one is not looked at either.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { ErrorCode } from '../model/error.ts'
import {
  PASSWORD_ADDRESSES_MAX,
  PASSWORD_FREE_TRIES,
  PASSWORD_MEMORY_MS,
  PASSWORD_WAIT_MAX_MS,
  PASSWORD_WAIT_MS,
} from '../model/limits.ts'

export type Refusal = { readonly code: ErrorCode; readonly detail: string }

/** Null: it may pass. `now` is monotonic milliseconds. */
export type Gate = (address: string, password: string | null, now: number) => Refusal | null

export const openGate: Gate = () => null

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest()

/** `digest` makes as many bytes of one text as of another. */
export function passwordGate(password: string, digest = sha256): Gate {
  const expected = digest(password)
  /** The one with the latest failure last. */
  const failures = new Map<string, Failures>()

  function fail(from: string, before: number, now: number): Refusal {
    failures.delete(from)
    failures.set(from, { count: before + 1, at: now })
    const [oldest] = failures.keys()
    if (failures.size > PASSWORD_ADDRESSES_MAX && oldest !== undefined) failures.delete(oldest)
    return { code: 'password-wrong', detail: '' }
  }

  return (address, given, now) => {
    if (given === null) return { code: 'password-needed', detail: '' }
    const from = neighbourhood(address)
    const { count, at } = recent(failures.get(from), now)
    const wait = at + waitAfter(count) - now
    if (wait > 0) return { code: 'password-wait', detail: `${Math.ceil(wait / 1000)}` }
    return timingSafeEqual(digest(given), expected) ? null : fail(from, count, now)
  }
}

type Failures = { readonly count: number; readonly at: number }

const NONE: Failures = { count: 0, at: 0 }

const recent = (failures: Failures | undefined, now: number): Failures =>
  failures && now - failures.at < PASSWORD_MEMORY_MS ? failures : NONE

/** Milliseconds from the last failure to the next look. */
function waitAfter(count: number): number {
  const beyond = count - PASSWORD_FREE_TRIES
  return beyond < 0 ? 0 : Math.min(PASSWORD_WAIT_MS * 2 ** beyond, PASSWORD_WAIT_MAX_MS)
}

/** Whoever has one address of IPv6 mostly has the 2^64 that begin as it does. */
function neighbourhood(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail = ''] = address.split('::')
  const [before, after] = [head, tail].map(groups => groups.split(':').filter(group => group !== ''))
  const zeros = Array<string>(Math.max(0, 8 - (before?.length ?? 0) - (after?.length ?? 0))).fill('0')
  return [...(before ?? []), ...zeros, ...(after ?? [])].slice(0, 4).join(':')
}
