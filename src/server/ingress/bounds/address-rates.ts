/** A shared rate for all sessions of one address: a session that comes back gets no new allowance. */
import { RATE_ADDRESSES_MAX } from '../../../model/limits.ts'
import { networkOf } from '../../../transport/network.ts'
import { type Bucket, fullBucket, type Rate, take } from './token-bucket.ts'

export class AddressRates {
  /** Null: no bound. */
  readonly rate: Rate | null
  /** The bucket that was used last stands last. */
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate | null) {
    this.rate = rate
  }

  /** Takes `cost` tokens, and returns whether the address had so many. `now` is monotonic milliseconds. */
  take(address: string, now: number, cost = 1): boolean {
    if (this.rate === null) return true
    const network = networkOf(address)
    const bucket = this.#buckets.get(network) ?? fullBucket(this.rate, now)
    const after = take(bucket, this.rate, now, cost)
    this.#buckets.delete(network)
    this.#buckets.set(network, after ?? bucket)
    const [oldest] = this.#buckets.keys()
    if (this.#buckets.size > RATE_ADDRESSES_MAX && oldest !== undefined) this.#buckets.delete(oldest)
    return after !== null
  }
}
