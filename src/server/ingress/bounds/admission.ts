/**
 * How many clients may connect, in total and from one address. Connections without a name are counted apart from
 * members. An IPv6 address stands for its network (src/transport/network.ts).
 */
import type { Refusal } from '../../../model/error.ts'
import { BROWSING_MAX, BROWSING_MS } from '../../../model/limits.ts'
import { networkOf } from '../../../transport/network.ts'

export type Bounds = {
  readonly clients: number
  /** Members from one address; null: no bound. */
  readonly perAddress: number | null
  readonly handshakesPerAddress: number
  readonly visitorsPerAddress: number
}

export class Admission {
  readonly #bounds: Bounds
  readonly #handshakes: WaitingHandshakes
  readonly #visitors: WaitingHandshakes
  readonly #connected = new Tally()
  readonly #away = new Tally()
  /** When each network spoke HTTP last, the longest ago first. */
  readonly #browsing = new Map<string, number>()

  constructor(bounds: Bounds) {
    this.#bounds = bounds
    this.#handshakes = new WaitingHandshakes(bounds.handshakesPerAddress)
    this.#visitors = new WaitingHandshakes(bounds.visitorsPerAddress)
  }

  /**
   * A connection came. If its address has too many without a name, the oldest of those is dropped. So a flood of
   * half-finished handshakes drops its own, and a newcomer from that address still has its time.
   */
  knock(address: string, who: object, drop: () => void): void {
    this.#visitors.remove(address, who)
    this.#handshakes.add(address, who, drop)
  }

  /** The connection speaks HTTP, so it gives no name yet. When there are too many of these, the oldest is dropped. */
  visit(address: string, who: object, drop: () => void): void {
    this.#handshakes.remove(address, who)
    this.#visitors.add(address, who, drop)
  }

  /** A browser may be at this address. `now` is in milliseconds. */
  browse(address: string, now: number): void {
    const network = networkOf(address)
    this.#browsing.delete(network)
    this.#browsing.set(network, now)
    const [oldest] = this.#browsing.keys()
    if (oldest !== undefined && this.#browsing.size > BROWSING_MAX) this.#browsing.delete(oldest)
  }

  hasBrowsed(address: string, now: number): boolean {
    const at = this.#browsing.get(networkOf(address))
    return at !== undefined && now - at < BROWSING_MS
  }

  /**
   * A connection wants to be a member. Null: it counts as one from now on, until `leave`. A member that is away leaves
   * its place to one other and no more: a new member is refused if the members here and away would be more than twice
   * the bound. `back`: the connection is a member's that is away, so it is counted already.
   */
  enter(address: string, back: boolean): Refusal | null {
    const { clients, perAddress } = this.#bounds
    const full = (most: number, here: number, away: number): boolean =>
      here >= most || (!back && here + away >= 2 * most)
    if (full(clients, this.#connected.all, this.#away.all)) return { code: 'server-full', detail: `${clients} clients` }
    const [here, away] = [this.#connected.at(address), this.#away.at(address)]
    if (perAddress !== null && full(perAddress, here, away)) {
      return { code: 'too-many-from-address', detail: `${here + away}` }
    }
    this.#connected.add(address, 1)
    return null
  }

  /** The connection has a name now, or is gone. */
  settled(address: string, who: object): void {
    this.#handshakes.remove(address, who)
    this.#visitors.remove(address, who)
  }

  leave(address: string): void {
    this.#connected.add(address, -1)
  }

  /** A member lost its connection from this address, and keeps its place for a while. */
  away(address: string): void {
    this.#away.add(address, 1)
  }

  /** A member that was away has a connection again, or is not a member any more. */
  back(address: string): void {
    this.#away.add(address, -1)
  }
}

/**
 * Connections without a name, by address, the oldest first. Each has a function that drops it when there are too many.
 */
class WaitingHandshakes {
  readonly #most: number
  readonly #waiting = new Map<string, Map<object, () => void>>()

  constructor(most: number) {
    this.#most = most
  }

  add(address: string, who: object, drop: () => void): void {
    const network = networkOf(address)
    const waiting = this.#waiting.get(network) ?? new Map<object, () => void>()
    this.#waiting.set(network, waiting.set(who, drop))
    if (waiting.size <= this.#most) return
    const [oldest] = waiting
    if (!oldest) return
    waiting.delete(oldest[0])
    oldest[1]()
  }

  remove(address: string, who: object): void {
    const network = networkOf(address)
    const waiting = this.#waiting.get(network)
    waiting?.delete(who)
    if (waiting?.size === 0) this.#waiting.delete(network)
  }
}

/** Counts, in total and for each address. */
class Tally {
  readonly #counts = new Map<string, number>()
  all = 0

  at(address: string): number {
    return this.#counts.get(networkOf(address)) ?? 0
  }

  add(address: string, change: 1 | -1): void {
    this.all += change
    const count = this.at(address) + change
    if (count > 0) this.#counts.set(networkOf(address), count)
    else this.#counts.delete(networkOf(address))
  }
}
