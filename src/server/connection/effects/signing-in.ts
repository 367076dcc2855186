/**
 * Verifies the credential of a hello or a login. That takes time: a password waits for its hash, a key or a passkey
 * for the answer to a challenge. A connection has one challenge at a time, and each is for one answer.
 */
import type { ChallengeProof } from '../../../codec/codec.ts'
import type { SignIn } from '../../../model/command.ts'
import type { Name } from '../../../model/name/name.ts'
import type { Posed, Verdict } from '../../ingress/authentication/authentication.ts'
import type { Attempt } from '../../ingress/authentication/passwords.ts'
import { seenBy } from '../../ingress/authentication/seen.ts'
import type { Refused } from '../../ingress/vetting/vetted.ts'
import type { ConnectionContext } from '../context.ts'

/** The effects of the verdict. */
type Then = (verdict: Verdict) => void

type Waiting = { readonly posed: Posed; readonly until: number; readonly then: Then }

const UNPROVED: Refused = { ok: false, code: 'proof-wrong', detail: '' }
const INTERNAL: Refused = { ok: false, code: 'internal', detail: '' }
/** The connection is gone, so the verified credential opens nothing. */
const UNWANTED: Refused = { ok: false, code: 'busy', detail: '' }
const UNNAMED: Refused = { ok: false, code: 'name-empty', detail: '' }

export class SigningIn {
  readonly #of: ConnectionContext
  #waiting: Waiting | null = null
  #isOver = false

  constructor(connection: ConnectionContext) {
    this.#of = connection
  }

  /** `name` null: that of the passkey. `n` is the number of the request. */
  begin(name: Name | null, account: SignIn, n: number | null, then: Then): void {
    this.#waiting = null
    const { authentication, tlsSeen, trusts } = this.#of.server
    const { page, certificate, connection } = this.#of.link
    if ('passkey' in account) return this.#pose(authentication.posePasskey(name, page), n, then)
    if (name === null) return then(UNNAMED)
    if ('kept' in account) return then(authentication.kept(name, account.kept))
    if ('password' in account) {
      return this.settle(authentication.password(name, account.password, this.attempt), then)
    }
    const seen = seenBy(tlsSeen, trusts, connection.address, certificate)
    this.#pose(authentication.poseKey(name, account.key, seen), n, then)
  }

  /** The request that waits gets the verdict; if there is none, `otherwise` is called. */
  prove(proof: ChallengeProof, otherwise: Then): void {
    const waiting = this.#waiting
    this.#waiting = null
    if (!waiting) return otherwise(UNPROVED)
    if (waiting.until < this.#of.server.clock.elapsed()) return waiting.then(UNPROVED)
    this.settle(waiting.posed.verify(proof), waiting.then)
  }

  /** The connection that a hash is for. */
  get attempt(): Attempt {
    return { address: this.#of.link.address, isWanted: () => !this.#isOver }
  }

  /** The connection is gone, and waits for no hash. */
  leave(): void {
    this.#isOver = true
    this.#waiting = null
  }

  #pose(posing: Posed | Refused, n: number | null, then: Then): void {
    const { server, link } = this.#of
    const settle = (posed: Posed | Refused): void => {
      if (!posed.ok) return then(posed)
      this.#waiting = { posed, then, until: server.clock.elapsed() + posed.ms }
      this.#of.extend(posed.ms)
      server.settled(() => this.#of.tell({ type: 'challenge', n, challenge: posed.challenge }))
      link.notify({ type: 'challenged' })
    }
    this.settle(Promise.resolve(posing), settle)
  }

  /** Gives the value on; or a refusal if the promise fails, which is reported, or if the connection is gone. */
  settle<T>(promise: Promise<T>, then: (value: NoInfer<T> | Refused) => void): void {
    const { server, link } = this.#of
    const failed = (error: unknown): Refused => {
      server.report(error)
      return INTERNAL
    }
    promise
      .catch(failed)
      .then(value => then(this.#isOver ? UNWANTED : value))
      .catch(error => {
        failed(error)
        link.cut()
      })
  }
}
