/** The rules for registrations, and the first credentials of a new account. */
import type { NewAccount } from '../../../model/command.ts'
import type { Refusal } from '../../../model/error.ts'
import { REGISTRATIONS_PER_ADDRESS } from '../../../model/limits.ts'
import type { CredentialDraft, Proof } from '../../../model/state/account.ts'
import { flatten } from '../../../model/text.ts'
import type { Clock } from '../../../port/clock.ts'
import type { Entropy } from '../../../port/entropy.ts'
import type { Refused } from '../vetting/vetted.ts'
import { NO_KEY, readKey } from './keys.ts'
import type { Attempt, Passwords } from './passwords.ts'
import { Registrations } from './registrations.ts'

/** Accounts are open to everybody, need an invite, or are made by the host alone. */
export type RegistrationPolicy = 'open' | 'invite' | 'closed'

type Deps = {
  readonly passwords: Passwords
  readonly entropy: Entropy
  readonly clock: Pick<Clock, 'elapsed'>
  readonly policy: RegistrationPolicy
  /** Whether an address has a bound of its own: a trusted proxy has none. */
  readonly isBounded: (address: string) => boolean
}

/** The credentials of a new account, at least one. */
export type Drafts = { readonly ok: true; readonly first: CredentialDraft; readonly more: readonly CredentialDraft[] }

/** One more account of an address. `release` takes it back. */
export type Claim = { readonly ok: true; readonly release: () => void }

export class Registrar {
  readonly #deps: Deps
  readonly #registrations = new Registrations()

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Null: this client may register, if there is room. */
  refusal(isInvited: boolean): Refusal | null {
    const { policy } = this.#deps
    if (policy === 'closed') return { code: 'registration-closed', detail: '' }
    return policy === 'invite' && !isInvited ? { code: 'invite-needed', detail: '' } : null
  }

  /** An invite has a bound of its own: a team may register from one address. */
  claim(address: string, isInvited: boolean): Claim | Refused {
    const { clock, isBounded } = this.#deps
    if (isInvited || !isBounded(address)) return { ok: true, release: () => {} }
    const now = clock.elapsed()
    if (!this.#registrations.claim(address, now)) {
      return { ok: false, code: 'accounts-of-address', detail: `${REGISTRATIONS_PER_ADDRESS}` }
    }
    return { ok: true, release: () => this.#registrations.release(address, now) }
  }

  async drafts({ password, key, label }: NewAccount, attempt: Attempt): Promise<Drafts | Refused> {
    const known = key === undefined ? undefined : readKey(key)
    if (known === null) return NO_KEY
    const hashed = password === undefined ? undefined : await this.#deps.passwords.hash(password, attempt)
    if (hashed && 'code' in hashed) return { ok: false, ...hashed }
    const [first, ...more] = [
      ...(hashed ? [this.draft({ kind: 'password', hash: hashed.hash }, label)] : []),
      ...(known === undefined ? [] : [this.draft({ kind: 'key', key: known }, label)]),
    ]
    return first ? { ok: true, first, more } : NOTHING
  }

  draft(proof: Proof, label = ''): CredentialDraft {
    const { entropy } = this.#deps
    const id = entropy.digest(entropy.id()).slice(-ID_CHARS)
    return { id, label: flatten(label).trim(), proof }
  }
}

/** Characters of hex: people type it in `/devices revoke`. */
const ID_CHARS = 8

const NOTHING: Refused = { ok: false, code: 'malformed', detail: 'there is neither a password nor a key' }
