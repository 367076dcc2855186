/**
 * Which address made which rooms, so that one does not take all that there may be. Known since the start of this server
 * alone: rooms that were there before count for nobody.
 */
import { ROOMS_MAX } from '../model/limits.ts'
import type { State } from '../model/state.ts'
import { networkOf } from '../transport/network.ts'

export class Founders {
  /** Rooms that one address may have made; null: no bound. */
  readonly most: number | null
  /** By network, its rooms; false: the input that makes it is under way. */
  readonly #rooms = new Map<string, Map<string, boolean>>()
  #count = 0

  constructor(most: number | null) {
    this.most = most
  }

  /** Whether the address may enter these rooms, of which it makes those that are not there. Then they are its own. */
  claim(address: string, rooms: readonly string[], state: State): boolean {
    if (this.most === null) return true
    const network = networkOf(address)
    const own = this.#rooms.get(network) ?? new Map<string, boolean>()
    const made = rooms.filter(room => !state.rooms.has(room) && !own.has(room))
    if (made.length === 0) return true
    if (own.size + made.length > this.most) this.#sweep(own, state)
    if (own.size + made.length > this.most) return false
    this.#rooms.set(network, own)
    for (const room of made) own.set(room, false)
    this.#count += made.length
    if (this.#count > 2 * ROOMS_MAX) this.#sweepAll(state)
    return true
  }

  /** The inputs that were to make these rooms have been folded: those that are not there now are nobody's. */
  settled(address: string, rooms: readonly string[]): void {
    const own = this.#rooms.get(networkOf(address))
    for (const room of rooms) if (own?.has(room)) own.set(room, true)
  }

  #sweep(own: Map<string, boolean>, state: State): void {
    for (const [room, isFolded] of own) {
      if (isFolded && !state.rooms.has(room) && own.delete(room)) this.#count--
    }
  }

  #sweepAll(state: State): void {
    for (const [network, own] of this.#rooms) {
      this.#sweep(own, state)
      if (own.size === 0) this.#rooms.delete(network)
    }
  }
}
