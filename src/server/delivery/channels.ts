/** The rings of all rooms: one for each room and encoding, as long as a session of this server reads it. */
import type { Encoding } from '../../codec/codec.ts'
import { RING_BYTES } from '../../model/limits.ts'
import { type Frame, Ring } from './reading/ring.ts'
import type { LocalSession } from './sessions.ts'

type Channel = { readonly ring: Ring; readonly registry: Set<LocalSession> }

/** Frames of one event, by the id of their encoding. */
export type Encoded = ReadonlyMap<string, readonly Frame[]>

export class Channels {
  readonly #rooms = new Map<string, Map<string, Channel>>()
  readonly #dirty = new Set<Channel>()

  append(room: string, encoded: Encoded): void {
    for (const [id, channel] of this.#rooms.get(room) ?? []) {
      for (const frame of encoded.get(id) ?? []) channel.ring.append(frame)
      this.#dirty.add(channel)
    }
  }

  /** The session reads what comes from now on. */
  enter(local: LocalSession, room: string): void {
    if (local.reader.isIn(room)) return
    const channel = this.#channel(room, local.encoding)
    channel.registry.add(local)
    local.reader.enter(room, channel.ring, channel.ring.next)
  }

  /** The session reads what has come so far, and nothing after it. A ring without readers is freed. */
  leave(local: LocalSession, room: string): void {
    local.reader.leave(room)
    const channels = this.#rooms.get(room)
    const channel = channels?.get(local.encoding.id)
    channel?.registry.delete(local)
    if (channel?.registry.size !== 0) return
    channels?.delete(local.encoding.id)
    if (channels?.size === 0) this.#rooms.delete(room)
  }

  /** Ends the turn, so that its frames can be read. Returns the sessions that have something to read. */
  seal(): Iterable<LocalSession> {
    const channels = [...this.#dirty]
    this.#dirty.clear()
    for (const channel of channels) channel.ring.seal()
    const [only] = channels
    return only && channels.length === 1 ? only.registry : new Set(channels.flatMap(channel => [...channel.registry]))
  }

  /** The number of rings, and the bytes in them. */
  get held(): { readonly rings: number; readonly bytes: number } {
    const rings = [...this.#rooms.values()].flatMap(channels => [...channels.values()])
    return { rings: rings.length, bytes: rings.reduce((sum, { ring }) => sum + ring.size, 0) }
  }

  #channel(room: string, encoding: Encoding): Channel {
    const channels = this.#rooms.get(room) ?? new Map<string, Channel>()
    const channel = channels.get(encoding.id) ?? { ring: new Ring(RING_BYTES), registry: new Set() }
    this.#rooms.set(room, channels.set(encoding.id, channel))
    return channel
  }
}
