/**
 * Verifies that somebody has a credential of an account. The result holds for the present state; the reducer refuses a
 * credential that is gone when the hello is folded. No answer reveals whether a name is an account: an unknown name
 * gets the answer of a wrong credential.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Challenge, ChallengeProof } from '../../../codec/codec.ts'
import type { Body, MemberId } from '../../../model/input.ts'
import { KEY_CHALLENGE_MS, PASSKEY_CHALLENGE_MS } from '../../../model/limits.ts'
import type { Name } from '../../../model/name/name.ts'
import type { Account, Credential, CredentialId, Proof } from '../../../model/state/account.ts'
import type { State } from '../../../model/state.ts'
import type { Entropy } from '../../../port/entropy.ts'
import type { Passkeys } from '../../../port/passkeys.ts'
import { holderOfKey } from '../../../reducer/rules/lookup.ts'
import type { Refused } from '../vetting/vetted.ts'
import { isProved, NO_KEY, readKey } from './keys.ts'
import { passkeySite } from './page-origin.ts'
import type { Attempt, Passwords } from './passwords.ts'

/** The account, and the credential that proves it. */
export type SignedIn = {
  readonly ok: true
  readonly account: MemberId
  readonly name: Name
  readonly credential: CredentialId
}
export type Verdict = SignedIn | Refused

/** A challenge that waits for its proof for `ms` milliseconds. It's verified at most once. */
export type Posed = {
  readonly ok: true
  readonly challenge: Challenge
  readonly ms: number
  readonly verify: (proof: ChallengeProof) => Promise<Verdict>
}

type Deps = {
  readonly passwords: Passwords
  readonly passkeys: Passkeys
  readonly entropy: Entropy
  readonly epoch: string
  readonly state: () => State
  /** Takes an input of the server's own. */
  readonly submit: (body: Body) => void
  readonly report: (error: unknown) => void
}

const WRONG: Refused = { ok: false, code: 'credential-wrong', detail: '' }
const UNPROVED: Refused = { ok: false, code: 'proof-wrong', detail: '' }
const BUSY: Refused = { ok: false, code: 'busy', detail: '' }

export class Authentication {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async password(name: Name, password: string, attempt: Attempt): Promise<Verdict> {
    const account = this.#named(name)
    const credential = account && credentialOf(account, 'password')
    const refusal = await this.#deps.passwords.check({
      ...attempt,
      account: account?.id ?? `? ${name.keys[0]}`,
      stored: credential?.proof.hash ?? null,
      password,
    })
    if (refusal) return { ok: false, ...refusal }
    if (!account || !credential) return WRONG
    this.#raiseCost(account, credential, password, attempt)
    return signedIn(account, credential)
  }

  kept(name: Name, secret: string): Verdict {
    const account = this.#named(name)
    const hash = this.#deps.entropy.digest(secret)
    const found = account?.credentials.find(({ proof }) => proof.kind === 'kept' && isEqual(proof.hash, hash))
    return account && found ? signedIn(account, found) : WRONG
  }

  /** `seen`: the server's certificate, as the server has shown it. */
  poseKey(name: Name, given: string, seen: string): Posed | Refused {
    const { epoch, entropy } = this.#deps
    const key = readKey(given)
    if (key === null) return NO_KEY
    const nonce = nonceOf(entropy)
    const verify = async ({ signature = '', seen: claimed }: ChallengeProof): Promise<Verdict> => {
      const login = { epoch, name: name.text, key, nonce, seen }
      // Verified for every name, so that the answer and its time tell nothing.
      if (claimed !== seen || !isProved(login, signature)) return UNPROVED
      const account = this.#named(name)
      const found = account?.credentials.find(({ proof }) => proof.kind === 'key' && proof.key === key)
      return account && found ? signedIn(account, found) : WRONG
    }
    return { ok: true, challenge: { nonce, server: epoch }, ms: KEY_CHALLENGE_MS, verify }
  }

  /** `name` null: the passkey identifies the account. `page`: the origin of the page that opened the connection. */
  posePasskey(name: Name | null, page: string | null): Posed | Refused {
    const { passkeys, entropy } = this.#deps
    const site = passkeySite(page)
    if (!site.ok) return { ok: false, code: 'passkey-unavailable', detail: site.reason }
    const challenge = nonceOf(entropy)
    const options = passkeys.request(site, challenge)
    const verify = async ({ passkey: response }: ChallengeProof): Promise<Verdict> => {
      const account = name ? this.#named(name) : this.#deps.state().accounts.get(handleIn(response))
      const found = account && passkeyOf(account, site.host, response)
      if (!account || !found) return WRONG
      const proved = await passkeys.proved(site, challenge, response, found.proof)
      if (proved === 'busy') return BUSY
      if (proved === null) return UNPROVED
      const { counter } = proved
      if (counter !== found.proof.counter) this.#renew(account, { ...found, proof: { ...found.proof, counter } })
      return signedIn(account, found)
    }
    return { ok: true, challenge: { passkey: options }, ms: PASSKEY_CHALLENGE_MS, verify }
  }

  #named(name: Name): Account | undefined {
    return accountNamed(this.#deps.state(), name)
  }

  /** The password was hashed when a hash cost less. Nobody waits for the new one. */
  #raiseCost(account: Account, credential: CredentialOf<'password'>, password: string, attempt: Attempt): void {
    const { passwords, report } = this.#deps
    const { hash: stored } = credential.proof
    passwords.hashAgain(password, stored, attempt).then(hash => {
      if (hash !== null) this.#renew(account, { ...credential, proof: { kind: 'password', hash } })
    }, report)
  }

  #renew({ id }: Account, { id: credential, label, proof }: Credential): void {
    this.#deps.submit({ type: 'rehash', account: id, credential: { id: credential, label, proof } })
  }
}

/** The account of this name, also by a lookalike or by a former name that is still held for it. */
export function accountNamed(state: State, name: Name): Account | undefined {
  for (const key of name.keys) {
    const account = state.accounts.get(holderOfKey(state, key)?.id ?? '')
    if (account) return account
  }
  return undefined
}

type CredentialOf<K extends Proof['kind']> = Credential & { readonly proof: Extract<Proof, { kind: K }> }

const isOf =
  <K extends Proof['kind']>(kind: K) =>
  (credential: Credential): credential is CredentialOf<K> =>
    credential.proof.kind === kind

/** The first credential of this kind. */
export const credentialOf = <K extends Proof['kind']>(account: Account, kind: K): CredentialOf<K> | undefined =>
  [...account.credentials.values()].find(isOf(kind))

/** The passkeys that an account has for a host. */
export const passkeysOf = (account: Account, host: string): readonly CredentialOf<'passkey'>[] =>
  [...account.credentials.values()].filter(isOf('passkey')).filter(({ proof }) => proof.host === host)

type Response = ChallengeProof['passkey']

const passkeyOf = (account: Account, host: string, response: Response): CredentialOf<'passkey'> | undefined =>
  passkeysOf(account, host).find(({ proof }) => proof.credential === response?.['id'])

/** The account's id, which the authenticator got when the passkey was made. */
function handleIn(response: Response): string {
  const inner = response?.['response']
  const handle = typeof inner === 'object' && inner !== null && 'userHandle' in inner ? inner.userHandle : null
  return typeof handle === 'string' ? Buffer.from(handle, 'base64url').toString() : ''
}

const signedIn = ({ id, name }: Account, credential: Credential): SignedIn => ({
  ok: true,
  account: id,
  name,
  credential: credential.id,
})

const isEqual = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** 32 bytes in base64url, as unguessable as the secret that they are made of. */
export const nonceOf = (entropy: Entropy): string => createHash('sha256').update(entropy.secret()).digest('base64url')
