/**
 * How many may come in, together and from one address; connections without a name are counted apart from members. Of IPv6
 * an address stands for its network (src/transport/network.ts).
 */
import type { ErrorCode } from '../model/error.ts'
import { networkOf } from '../transport/network.ts'

export type Bounds = {
  readonly clients: number
  /** Members from one address; null: no bound. */
  readonly perAddress: number | null
  readonly handshakesPerAddress: number
  readonly visitorsPerAddress: number
}

type Refusal = { readonly code: ErrorCode; readonly detail: string }

export class Admission {
  readonly #bounds: Bounds
  readonly #handshakes: Waiting
  readonly #visitors: Waiting
  readonly #connected = new Tally()
  readonly #away = new Tally()

  constructor(bounds: Bounds) {
    this.#bounds = bounds
    this.#handshakes = new Waiting(bounds.handshakesPerAddress)
    this.#visitors = new Waiting(bounds.visitorsPerAddress)
  }

  /**
   * A connection came. If its address has too many without a name, the oldest of those is dropped: whoever floods with
   * half-finished handshakes drops its own, and a newcomer from there still has its time.
   */
  knock(address: string, who: object, drop: () => void): void {
    this.#visitors.remove(address, who)
    this.#handshakes.add(address, who, drop)
  }

  /** It speaks HTTP, and so gives no name as yet. Of these the oldest are dropped likewise. */
  visit(address: string, who: object, drop: () => void): void {
    this.#handshakes.remove(address, who)
    this.#visitors.add(address, who, drop)
  }

  /**
   * A connection wants to be a member. Null: it counts as one now, until `leave`. Who is away leaves its place to one
   * other, no more: a new member is refused where those here and those away are twice the bound. One that comes `back`
   * is among them already.
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

  /** A member lost its connection from there, and keeps its place for a while. */
  away(address: string): void {
    this.#away.add(address, 1)
  }

  /** A member that was away has a connection again, or is none any more. */
  back(address: string): void {
    this.#away.add(address, -1)
  }
}

/** By address, connections without a name, the oldest first, each with what drops it when there are too many. */
class Waiting {
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

/** How many there are, in all and at each address. */
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
