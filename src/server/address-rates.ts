/** What all who come from one address may ask together: a session that comes back has no new allowance there. */
import { RATE_ADDRESSES_MAX } from '../model/limits.ts'
import { networkOf } from '../transport/network.ts'
import { type Bucket, fullBucket, type Rate, take } from './bucket.ts'

export class AddressRates {
  /** Null: no bound. */
  readonly rate: Rate | null
  /** The one that was drawn on last stands last. */
  readonly #buckets = new Map<string, Bucket>()

  constructor(rate: Rate | null) {
    this.rate = rate
  }

  /** Whether the address may ask for something of this cost; then it is taken. `now` is monotonic milliseconds. */
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
