/**
 * The passwords of accounts. A wrong one slows down further guesses for this account from this network, and after many
 * for any account from this network; other networks notice nothing, so no stranger can lock an owner out. An unknown
 * name costs and answers as a wrong password does.
 */
import type { Refusal } from '../../../model/error.ts'
import {
  LOGIN_FREE_TRIES_PER_ADDRESS,
  LOGIN_PAIRS_MAX,
  PASSWORD_ADDRESSES_MAX,
  PASSWORD_FREE_TRIES,
  PASSWORD_MAX_CHARS,
  PASSWORD_MIN_CHARS,
} from '../../../model/limits.ts'
import type { Clock } from '../../../port/clock.ts'
import type { PasswordHasher } from '../../../port/password-hasher.ts'
import { networkOf } from '../../../transport/network.ts'
import { Failures } from '../bounds/failures.ts'
import { HashQueue } from './hash-queue.ts'

/** One attempt. `isWanted` says whether somebody still waits for it: if not, nothing is hashed. */
export type Attempt = { readonly address: string; readonly isWanted: () => boolean }

export type Guess = Attempt & {
  /** The key that failures are counted by: the account's id, or a stand-in for an unknown name. */
  readonly account: string
  /** The stored hash. Null: there is no such account, or it has no password. */
  readonly stored: string | null
  readonly password: string
}

const BUSY: Refusal = { code: 'busy', detail: '' }
const TOO_LONG: Refusal = { code: 'malformed', detail: `the password is longer than ${PASSWORD_MAX_CHARS} characters` }
const WRONG: Refusal = { code: 'credential-wrong', detail: '' }

export class Passwords {
  readonly #hasher: PasswordHasher
  readonly #clock: Pick<Clock, 'elapsed'>
  readonly #queue = new HashQueue()
  readonly #pairs = new Failures(PASSWORD_FREE_TRIES, LOGIN_PAIRS_MAX)
  readonly #networks = new Failures(LOGIN_FREE_TRIES_PER_ADDRESS, PASSWORD_ADDRESSES_MAX)

  constructor(hasher: PasswordHasher, clock: Pick<Clock, 'elapsed'>) {
    this.#hasher = hasher
    this.#clock = clock
  }

  /**
   * Null: it is right. The wait is checked when the guess comes, and again at its turn: guesses of one network are
   * hashed one after another, so sending many at once does not evade the wait.
   */
  async check(guess: Guess): Promise<Refusal | null> {
    const network = networkOf(guess.address)
    const pair = `${network} ${guess.account}`
    const early = this.#tooEarly(network, pair)
    if (early) return early
    // A longer one is nobody's password, and is not converted to NFC: that takes long for thousands of marks.
    const isTooLong = guess.password.length > PASSWORD_MAX_CHARS
    const [stored, password] = isTooLong ? [null, ''] : [guess.stored, guess.password]
    const checked = this.#queue.run(network, async () => {
      const late = this.#tooEarly(network, pair)
      if (late || !guess.isWanted()) return late ?? BUSY
      const isRight = await this.#hasher.matches(password, stored ?? this.#hasher.nobody)
      if (!isRight || stored === null) return this.#failed(network, pair)
      this.#pairs.forget(pair)
      return null
    })
    return checked ?? BUSY
  }

  /** The hash of a new password, or the refusal. */
  async hash(password: string, { address, isWanted }: Attempt): Promise<{ readonly hash: string } | Refusal> {
    // Line mode takes longer lines than other clients could send as a password.
    if (password.length > PASSWORD_MAX_CHARS) return TOO_LONG
    if ([...password.normalize('NFC')].length < PASSWORD_MIN_CHARS) {
      return { code: 'password-short', detail: `${PASSWORD_MIN_CHARS}` }
    }
    const hashed = this.#queue.run(networkOf(address), async () =>
      isWanted() ? { hash: await this.#hasher.hash(password) } : BUSY,
    )
    return hashed ?? BUSY
  }

  /** The same password hashed at today's cost; null if that is the cost already, or too much waits. */
  async hashAgain(password: string, stored: string, { address }: Pick<Attempt, 'address'>): Promise<string | null> {
    if (!this.#hasher.isCheap(stored)) return null
    return this.#queue.run(networkOf(address), () => this.#hasher.hash(password))
  }

  #tooEarly(network: string, pair: string): Refusal | null {
    const now = this.#clock.elapsed()
    const wait = Math.max(this.#pairs.wait(pair, now), this.#networks.wait(network, now))
    return wait > 0 ? { code: 'credential-wait', detail: `${Math.ceil(wait / 1000)}` } : null
  }

  #failed(network: string, pair: string): Refusal {
    const now = this.#clock.elapsed()
    this.#pairs.add(pair, now)
    this.#networks.add(network, now)
    return WRONG
  }
}
