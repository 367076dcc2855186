/**
 * Commands about the own account whose secrets have to be checked or hashed before there is an input. Later requests of
 * the connection wait meanwhile, since numbers are used in order.
 */
import type { ErrorCode } from '../../../model/error.ts'
import type { Body } from '../../../model/input.ts'
import { PASSKEY_CHALLENGE_MS } from '../../../model/limits.ts'
import type { Account, CredentialId, Proof } from '../../../model/state/account.ts'
import type { Site } from '../../../port/passkeys.ts'
import { accountOf, memberOf, sessionOf } from '../../../reducer/rules/lookup.ts'
import { credentialOf, nonceOf, passkeysOf } from '../../ingress/authentication/authentication.ts'
import { NO_KEY, readKey } from '../../ingress/authentication/keys.ts'
import { passkeySite, pushSite } from '../../ingress/authentication/page-origin.ts'
import { pushHash } from '../../ingress/vetting/push-hash.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect, OwnAccountCommand } from '../state.ts'
import type { HeldEffects } from './held-effects.ts'
import { afterRegistering } from './registering.ts'
import type { SigningIn } from './signing-in.ts'

type AccountEffect = Extract<Effect, { type: 'account' }>
type CommandOf<T extends OwnAccountCommand['type']> = Extract<OwnAccountCommand, { type: T }>

/** The effect of the command: an input, an answer, or a refusal. `after` is called when it was carried out. */
type Instead = { readonly effect: Effect; readonly after?: () => void }

/** The body of a repeated command: it is only answered again. */
const NOTHING: Body = { type: 'withdraw', credential: '' }

export class AccountCommands {
  readonly #of: ConnectionContext
  readonly #signingIn: SigningIn
  readonly #held: HeldEffects
  /** The challenge that a new passkey has to answer. */
  #creating: { readonly site: Site; readonly challenge: string; readonly until: number } | null = null

  constructor(connection: ConnectionContext, signingIn: SigningIn, held: HeldEffects) {
    this.#of = connection
    this.#signingIn = signingIn
    this.#held = held
  }

  /** The account is looked up when all inputs before are settled. */
  carryOut(effect: AccountEffect): void {
    this.#held.hold()
    this.#of.server.settled(() => {
      this.#signingIn.settle(this.#instead(effect), instead => {
        this.#held.release(() => {
          if ('code' in instead) return this.#of.attempt(this.#refusal(effect, instead.code, instead.detail))
          this.#of.attempt(instead.effect)
          instead.after?.()
        })
      })
    })
  }

  async #instead(effect: AccountEffect): Promise<Instead> {
    const { session, n, command } = effect
    const state = this.#of.server.state()
    const last = sessionOf(state, session)?.last ?? 0
    if (n !== null && n <= last) return this.#submit(effect, NOTHING)
    if (command.type === 'register') return this.#register(effect, command)
    const account = accountOf(state, { session })
    if (!account) return this.#refuse(effect, 'not-registered')
    switch (command.type) {
      case 'password':
        return this.#password(effect, command, account)
      case 'keep':
        return this.#keep(effect, command, account)
      case 'add-key':
        return this.#addKey(effect, command, account)
      case 'passkey':
        return this.#passkey(effect, account)
      case 'add-passkey':
        return this.#addPasskey(effect, command, account)
      case 'push':
        return this.#push(effect, command)
    }
  }

  async #register(effect: AccountEffect, command: CommandOf<'register'>): Promise<Instead> {
    const { registrar, invites, clock, state } = this.#of.server
    const { address } = this.#of.link
    const { session } = effect
    const name = memberOf(state(), { session })?.name.text ?? ''
    if (accountOf(state(), { session })) return this.#refuse(effect, 'already-registered', name)
    const invite = command.invite === undefined ? null : invites.pass(address, command.invite, clock.elapsed())
    if (invite?.ok === false) return this.#refuse(effect, invite.code, invite.detail)
    const isInvited = invite !== null || sessionOf(state(), session)?.invite !== undefined
    const refusal = registrar.refusal(isInvited)
    if (refusal) return this.#refuse(effect, refusal.code, refusal.detail)
    const claim = registrar.claim(address, isInvited)
    if (!claim.ok) return this.#refuse(effect, claim.code, claim.detail)
    const { attempt } = this.#signingIn
    const drafts = await registrar.drafts(command, attempt)
    // Nothing is registered on a connection that is gone.
    if (!drafts.ok || !attempt.isWanted()) claim.release()
    if (!drafts.ok) return this.#refuse(effect, drafts.code, drafts.detail)
    const by = invite ? { invite: invite.invite } : {}
    return {
      ...this.#submit(effect, { type: 'register', credential: drafts.first, ...by }),
      after: () => afterRegistering(this.#of, session, drafts, claim),
    }
  }

  /** An account with a password has to give it, so that nobody changes it on a device that was left alone. */
  async #password(
    effect: AccountEffect,
    { old, new: next }: CommandOf<'password'>,
    account: Account,
  ): Promise<Instead> {
    const { passwords, registrar } = this.#of.server
    const { attempt } = this.#signingIn
    const before = credentialOf(account, 'password')
    if (before) {
      if (old === undefined) return this.#refuse(effect, 'password-old')
      const guess = { ...attempt, account: account.id, stored: before.proof.hash, password: old }
      const refusal = await passwords.check(guess)
      if (refusal?.code === 'credential-wrong') return this.#refuse(effect, 'password-old')
      if (refusal) return this.#refuse(effect, refusal.code, refusal.detail)
    }
    const hashed = await passwords.hash(next, attempt)
    if ('code' in hashed) return this.#refuse(effect, hashed.code, hashed.detail)
    const add = registrar.draft({ kind: 'password', hash: hashed.hash }, before?.label)
    const replaces = before ? { replaces: before.id } : {}
    const submitted = this.#submit(effect, { type: 'credential', add, ...replaces })
    return effect.n === null ? { ...submitted, after: () => this.#tellChanged(effect, add.id) } : submitted
  }

  /** No event reports it, so a person who has not numbered the command gets a sentence when it is done. */
  #tellChanged({ session }: AccountEffect, credential: CredentialId): void {
    const { clock, settled, state } = this.#of.server
    settled(() => {
      const isChanged = accountOf(state(), { session })?.credentials.has(credential)
      if (isChanged) this.#of.tell({ type: 'done', at: clock.now(), what: 'password' })
    })
  }

  #keep(effect: AccountEffect, { secret, label }: CommandOf<'keep'>, account: Account): Instead {
    if (!/^[\w-]{43}$/.test(secret))
      return this.#refuse(effect, 'malformed', 'the secret is not 43 characters of base64url')
    const hash = this.#of.server.entropy.digest(secret)
    return this.#add(
      effect,
      account,
      { kind: 'kept', hash },
      label,
      proof => proof.kind === 'kept' && proof.hash === hash,
    )
  }

  #addKey(effect: AccountEffect, { key: given, label }: CommandOf<'add-key'>, account: Account): Instead {
    const key = readKey(given)
    if (key === null) return this.#refuse(effect, NO_KEY.code, NO_KEY.detail)
    return this.#add(effect, account, { kind: 'key', key }, label, proof => proof.kind === 'key' && proof.key === key)
  }

  /** One challenge at a time. */
  async #passkey(effect: AccountEffect, account: Account): Promise<Instead> {
    const { clock, entropy, passkeys } = this.#of.server
    const site = passkeySite(this.#of.link.page)
    if (!site.ok) return this.#refuse(effect, 'passkey-unavailable', site.reason)
    const challenge = nonceOf(entropy)
    const known = passkeysOf(account, site.host).map(({ proof }) => proof.credential)
    const options = passkeys.creation(site, challenge, { id: account.id, name: account.name.text }, known)
    this.#creating = { site, challenge, until: clock.elapsed() + PASSKEY_CHALLENGE_MS }
    return { effect: { type: 'answer', outgoing: { type: 'challenge', n: effect.n, challenge: { passkey: options } } } }
  }

  async #addPasskey(
    effect: AccountEffect,
    { response, label }: CommandOf<'add-passkey'>,
    account: Account,
  ): Promise<Instead> {
    const { clock, passkeys } = this.#of.server
    const creating = this.#creating
    this.#creating = null
    if (!creating || creating.until < clock.elapsed()) return this.#refuse(effect, 'proof-wrong')
    const { site, challenge } = creating
    const passkey = await passkeys.created(site, challenge, response)
    if (passkey === 'busy') return this.#refuse(effect, 'busy')
    if (!passkey) return this.#refuse(effect, 'proof-wrong')
    const isKnown = (proof: Proof): boolean => proof.kind === 'passkey' && proof.credential === passkey.credential
    return this.#add(effect, account, { kind: 'passkey', ...passkey, host: site.host }, label, isKnown)
  }

  #push(effect: AccountEffect, { endpoint, p256dh, auth, preview }: CommandOf<'push'>): Instead {
    const { pushes, state } = this.#of.server
    if (!pushes || state().format < 8) return this.#refuse(effect, 'push-unavailable')
    const target = { endpoint, p256dh, auth, site: pushSite(this.#of.link.page) }
    const why = pushes.forbids(target)
    if (why !== null) return this.#refuse(effect, 'push-refused', why)
    return this.#submit(effect, { type: 'push', hash: pushHash(endpoint), preview }, JSON.stringify(target))
  }

  /** A credential that is stored twice would survive when one of the two is revoked. */
  #add(
    effect: AccountEffect,
    account: Account,
    proof: Proof,
    label: string | undefined,
    isSame: (other: Proof) => boolean,
  ): Instead {
    if (account.credentials.some(other => isSame(other.proof)))
      return this.#refuse(effect, 'malformed', 'the account has it already')
    return this.#submit(effect, { type: 'credential', add: this.#of.server.registrar.draft(proof, label) })
  }

  #submit({ session, n }: AccountEffect, body: Body, text: string | null = null): Instead {
    return { effect: { type: 'submit', session, n, body, text } }
  }

  #refuse(effect: AccountEffect, code: ErrorCode, detail = ''): Instead {
    return { effect: this.#refusal(effect, code, detail) }
  }

  #refusal({ n }: AccountEffect, code: ErrorCode, detail = ''): Effect {
    return { type: 'refuse', n, code, detail }
  }
}
