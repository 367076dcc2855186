/**
 * The rings of all rooms: one for each room and encoding, as long as a session of this server reads it.
 *
 * In a room of many readers, presence is gathered (docs/spec.md, F5): a write to each of them for each of them that
 * comes or goes would be quadratic. Gathered frames have their place in the ring at once. A reader that gets anything
 * later gets them before it.
 */
import type { Encoding } from '../../codec/codec.ts'
import { GATHERED_BYTES, RING_BYTES } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import { type Frame, Ring } from './reading/ring.ts'
import { Round } from './round.ts'
import type { LocalSession } from './sessions.ts'

/** The ring of a room in one encoding, and the sessions that read it. */
export type Channel = {
  readonly ring: Ring
  readonly readers: Round<LocalSession>
  /** Bytes that are being gathered. */
  gathered: number
}

/** How presence is gathered: in rooms of `from` readers or more, for at most `ms` milliseconds. */
export type Gathering = { readonly from: number; readonly ms: number }

/** Frames of one event, by the id of their encoding. */
export type Encoded = ReadonlyMap<string, readonly Frame[]>

export class Channels {
  readonly #rooms = new Map<string, Map<string, Channel>>()
  readonly #dirty = new Set<Channel>()
  readonly #gathering: Gathering
  readonly #alarm: Clock['alarm']
  readonly #wake: () => void
  /** Channels whose presence is being gathered. All wait for the same alarm. */
  readonly #gathered = new Set<Channel>()
  #cancel: (() => void) | null = null
  #isClosed = false

  /** `wake` is called when the time of what was gathered has come: it ends a turn. */
  constructor(gathering: Gathering, alarm: Clock['alarm'], wake: () => void) {
    this.#gathering = gathering
    this.#alarm = alarm
    this.#wake = wake
  }

  /** The server is about to stop: nothing waits any more. */
  close(): void {
    this.#isClosed = true
    this.#cancel?.()
    this.#ripen()
  }

  append(room: string, encoded: Encoded, isPresence: boolean): void {
    for (const [id, channel] of this.#rooms.get(room) ?? []) {
      const frames = encoded.get(id) ?? []
      for (const frame of frames) channel.ring.append(frame)
      if (isPresence && this.#isLarge(channel)) this.#gather(channel, frames)
      else this.#dirty.add(channel)
    }
  }

  #isLarge({ readers }: Channel): boolean {
    return readers.size >= this.#gathering.from && !this.#isClosed
  }

  #gather(channel: Channel, frames: readonly Frame[]): void {
    for (const { bytes } of frames) channel.gathered += bytes.length
    if (channel.gathered >= GATHERED_BYTES) this.#dirty.add(channel)
    this.#gathered.add(channel)
    this.#wait()
  }

  #wait(): void {
    this.#cancel ??= this.#alarm(this.#gathering.ms, () => this.#ripen())
  }

  /** A room that is still being written to gathers on. Otherwise a busy server would write all the time. */
  #ripen(): void {
    this.#cancel = null
    for (const channel of this.#gathered) {
      if (!channel.readers.isOver && !this.#isClosed) continue
      this.#gathered.delete(channel)
      this.#dirty.add(channel)
    }
    if (this.#gathered.size > 0) this.#wait()
    this.#wake()
  }

  /** The session reads what comes from now on. */
  enter(local: LocalSession, room: string): void {
    if (local.reader.isIn(room)) return
    const channel = this.#channel(room, local.encoding)
    channel.readers.add(local)
    local.reader.enter(room, channel.ring, channel.ring.next)
  }

  /**
   * The session reads what has come so far, and nothing after it. If it ends (`isOver`), it isn't written to for presence
   * that is being gathered: when all leave at once, each would get the exits of all before it. A ring without readers is
   * freed.
   */
  leave(local: LocalSession, room: string, isOver = false): void {
    const channels = this.#rooms.get(room)
    const channel = channels?.get(local.encoding.id)
    const skips = isOver && channel && !this.#dirty.has(channel)
    local.reader.leave(room, skips ? channel.ring.sealed : undefined)
    channel?.readers.delete(local)
    if (channel?.readers.size !== 0) return
    channels?.delete(local.encoding.id)
    if (channels?.size === 0) this.#rooms.delete(room)
  }

  /** Ends the turn, so that its frames can be read. Returns the channels that have something to read. */
  seal(): readonly Channel[] {
    const channels = [...this.#dirty]
    this.#dirty.clear()
    for (const channel of channels) {
      channel.ring.seal()
      channel.gathered = 0
    }
    return channels
  }

  /** The number of rings, and the bytes in them. */
  get held(): { readonly rings: number; readonly bytes: number } {
    const rings = [...this.#rooms.values()].flatMap(channels => [...channels.values()])
    return { rings: rings.length, bytes: rings.reduce((sum, { ring }) => sum + ring.size, 0) }
  }

  #channel(room: string, encoding: Encoding): Channel {
    const channels = this.#rooms.get(room) ?? new Map<string, Channel>()
    const channel = channels.get(encoding.id) ?? { ring: new Ring(RING_BYTES), readers: new Round(), gathered: 0 }
    this.#rooms.set(room, channels.set(encoding.id, channel))
    return channel
  }
}
