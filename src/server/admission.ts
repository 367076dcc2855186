/** How many may come in, together and from one address; connections without a name are counted apart from members. */
import type { ErrorCode } from '../model/error.ts'

export type Bounds = {
  readonly clients: number
  /** Members from one address; null: no bound. */
  readonly perAddress: number | null
  readonly handshakesPerAddress: number
}

type Refusal = { readonly code: ErrorCode; readonly detail: string }

export class Admission {
  readonly #bounds: Bounds
  /** By address, connections that have not given a name, the oldest first, each with what drops it. */
  readonly #handshakes = new Map<string, Map<object, () => void>>()
  readonly #members = new Map<string, number>()
  #clients = 0

  constructor(bounds: Bounds) {
    this.#bounds = bounds
  }

  /**
   * A connection came. If its address has too many without a name, the oldest of those is dropped: whoever floods with
   * half-finished handshakes drops its own, and a newcomer from there still has its time.
   */
  knock(address: string, who: object, drop: () => void): void {
    const waiting = this.#handshakes.get(address) ?? new Map<object, () => void>()
    this.#handshakes.set(address, waiting.set(who, drop))
    if (waiting.size <= this.#bounds.handshakesPerAddress) return
    const [oldest] = waiting
    if (!oldest) return
    waiting.delete(oldest[0])
    oldest[1]()
  }

  /** A connection wants to be a member. Null: it is one now, until `leave`. */
  enter(address: string): Refusal | null {
    const { clients, perAddress } = this.#bounds
    if (this.#clients >= clients) return { code: 'server-full', detail: `${clients} clients` }
    const here = this.#members.get(address) ?? 0
    if (perAddress !== null && here >= perAddress) return { code: 'too-many-from-address', detail: `${here}` }
    this.#clients++
    this.#members.set(address, here + 1)
    return null
  }

  /** The connection has a name now, or is gone. */
  settled(address: string, who: object): void {
    const waiting = this.#handshakes.get(address)
    waiting?.delete(who)
    if (waiting?.size === 0) this.#handshakes.delete(address)
  }

  leave(address: string): void {
    this.#clients--
    const left = (this.#members.get(address) ?? 1) - 1
    if (left > 0) this.#members.set(address, left)
    else this.#members.delete(address)
  }
}
