/** The secrets of a run's people for their accounts: some sign in, and some do not any more. */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { ReplyOf } from '../../src/codec/native/reply.ts'
import type { SignIn } from '../../src/model/command.ts'
import type { MemberId } from '../../src/model/input.ts'
import { loginText, PLAIN } from '../../src/model/proof.ts'
import type { Random } from './random.ts'

export type Secret =
  | { readonly kind: 'password' | 'kept'; readonly text: string }
  | { readonly kind: 'key'; readonly key: string; readonly private: KeyObject }

export class Accounts {
  readonly #secrets = new Map<MemberId, Secret[]>()
  /** Names that are accounts', as their owners last knew them. */
  readonly #names = new Map<MemberId, string>()

  learn(member: MemberId, name: string, secret: Secret): void {
    this.#secrets.set(member, [...(this.#secrets.get(member) ?? []), secret])
    this.#names.set(member, name)
  }

  named(member: MemberId, name: string): void {
    if (this.#names.has(member)) this.#names.set(member, name)
  }

  get members(): readonly MemberId[] {
    return [...this.#secrets.keys()]
  }

  nameOf(member: MemberId): string {
    return this.#names.get(member) ?? ''
  }

  /** A secret of the account; now and then one that was revoked. */
  secretOf(member: MemberId, chance: Random): Secret {
    return chance.pick(this.#secrets.get(member) ?? [])
  }

  /** The latest password of the account. */
  passwordOf(member: MemberId): string | undefined {
    const secret = this.#secrets.get(member)?.findLast(({ kind }) => kind === 'password')
    return secret?.kind === 'password' ? secret.text : undefined
  }

  /** The latest key of the account. */
  keyOf(member: MemberId): Extract<Secret, { kind: 'key' }> | undefined {
    const secret = this.#secrets.get(member)?.findLast(({ kind }) => kind === 'key')
    return secret?.kind === 'key' ? secret : undefined
  }

  /** Signs a challenge, as the owner of this key would. */
  prove(
    secret: Extract<Secret, { kind: 'key' }>,
    name: string,
    challenge: ReplyOf<'challenge'>,
  ): { readonly signature: string; readonly seen: string } {
    const { nonce = '', server: epoch = '' } = challenge
    const text = loginText({ epoch, name, key: secret.key, nonce, seen: PLAIN })
    const signature = sign(null, Buffer.from(text), secret.private).toString('base64url')
    return { signature, seen: PLAIN }
  }
}

/** The first bytes of an Ed25519 key in PKCS 8 (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The same key for the same words. */
export function keyFrom(words: string): Extract<Secret, { kind: 'key' }> {
  const seed = createHash('sha256').update(words).digest()
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  return { kind: 'key', key: createPublicKey(secret).export({ format: 'jwk' }).x ?? '', private: secret }
}

/** The sign-in of a hello with this secret. */
export function signInWith(secret: Secret): SignIn {
  switch (secret.kind) {
    case 'password':
      return { password: secret.text }
    case 'kept':
      return { kept: secret.text }
    case 'key':
      return { key: secret.key }
  }
}
