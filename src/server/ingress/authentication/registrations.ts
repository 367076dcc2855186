/**
 * How many accounts one address has registered lately, so that nobody takes names by the thousand. Known only since the
 * start of this server.
 */
import { REGISTRATION_ADDRESSES_MAX, REGISTRATIONS_MS, REGISTRATIONS_PER_ADDRESS } from '../../../model/limits.ts'
import { networkOf } from '../../../transport/network.ts'

export class Registrations {
  /** Monotonic times of the registrations, by network. The network that registered last stands last. */
  readonly #times = new Map<string, readonly number[]>()

  /** Returns whether the address may register one more, which then counts until `release`. */
  claim(address: string, now: number): boolean {
    const network = networkOf(address)
    const recent = (this.#times.get(network) ?? []).filter(at => now - at < REGISTRATIONS_MS)
    if (recent.length >= REGISTRATIONS_PER_ADDRESS) return false
    this.#times.delete(network)
    this.#times.set(network, [...recent, now])
    const [oldest] = this.#times.keys()
    if (this.#times.size > REGISTRATION_ADDRESSES_MAX && oldest !== undefined) this.#times.delete(oldest)
    return true
  }

  /** The registration of that time was refused after all. */
  release(address: string, at: number): void {
    const network = networkOf(address)
    const times = this.#times.get(network) ?? []
    const index = times.lastIndexOf(at)
    const left = times.filter((_, k) => k !== index)
    if (left.length > 0) this.#times.set(network, left)
    else this.#times.delete(network)
  }
}
