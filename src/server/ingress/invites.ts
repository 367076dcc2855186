/**
 * The check of an invite's token. Tokens are compared as hashes, with every invite and in
 * constant time. An address that guesses has to wait, as with passwords. Whether the invite still holds when its holder
 * enters, and how many uses are left, is decided by the reducer.
 */
import { timingSafeEqual } from 'node:crypto'
import { PASSWORD_ADDRESSES_MAX, PASSWORD_FREE_TRIES } from '../../model/limits.ts'
import type { Invite } from '../../model/state/account.ts'
import type { State } from '../../model/state.ts'
import type { Entropy } from '../../port/entropy.ts'
import { networkOf } from '../../transport/network.ts'
import { Failures } from './bounds/failures.ts'
import type { Refused } from './vetting/vetted.ts'

export type InviteGate = {
  /** The id of the invite, or the refusal. `now` is monotonic milliseconds. */
  readonly pass: (
    address: string,
    token: string,
    now: number,
  ) => { readonly ok: true; readonly invite: string } | Refused
}

type Deps = { readonly entropy: Entropy; readonly state: () => State }

export function inviteGate({ entropy, state }: Deps): InviteGate {
  const failures = new Failures(PASSWORD_FREE_TRIES, PASSWORD_ADDRESSES_MAX)
  return {
    pass(address, token, now) {
      const from = networkOf(address)
      const wait = failures.wait(from, now)
      if (wait > 0) return { ok: false, code: 'credential-wait', detail: `${Math.ceil(wait / 1000)}` }
      const found = matching(state().invites.values(), entropy.digest(token))
      if (found !== null) return { ok: true, invite: found }
      failures.add(from, now)
      return { ok: false, code: 'invite-invalid', detail: '' }
    },
  }
}

function matching(invites: Iterable<Invite>, hash: string): string | null {
  const given = Buffer.from(hash)
  let found: string | null = null
  for (const { id, hash: stored } of invites) {
    const expected = Buffer.from(stored)
    if (expected.length === given.length && timingSafeEqual(expected, given)) found = id
  }
  return found
}
