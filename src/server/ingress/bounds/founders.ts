/**
 * Which address made which rooms, so that one address cannot take all rooms that there may be. Known only since the
 * start of this server: rooms that existed before count for nobody.
 */
import { ROOMS_MAX } from '../../../model/limits.ts'
import type { State } from '../../../model/state.ts'
import { networkOf } from '../../../transport/network.ts'

export class Founders {
  /** Rooms that one address may have made; null: no bound. */
  readonly most: number | null
  /** The rooms of each network; false: the input that makes the room has not been folded yet. */
  readonly #rooms = new Map<string, Map<string, boolean>>()
  #count = 0

  constructor(most: number | null) {
    this.most = most
  }

  /** Returns whether the address may enter these rooms. Rooms that do not exist yet then count as made by it. */
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

  /** The inputs that make these rooms have been folded: a room that does not exist now counts for nobody. */
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
