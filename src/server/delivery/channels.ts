/**
 * The rings of all rooms: one for each room and encoding, as long as a session of this server reads it.
 *
 * In a room of many readers, presence is gathered (docs/spec.md, F5): a write to each of them for each of them that
 * comes or goes would be quadratic. Gathered frames have their place in the ring at once. A reader that gets anything
 * later gets them before it.
 */
import type { Encoding } from '../../codec/codec.ts'
import type { SessionId } from '../../model/input.ts'
import { GATHERED_BYTES } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import { Channel } from './channel.ts'
import type { Frame } from './reading/ring.ts'
import type { LocalSession } from './sessions.ts'

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
  readonly #session: (session: SessionId) => LocalSession | undefined
  #isClosed = false

  /** `wake` is called when gathered presence is due: it ends a turn. `session` gives a session of this server. */
  constructor(
    gathering: Gathering,
    alarm: Clock['alarm'],
    wake: () => void,
    session: (session: SessionId) => LocalSession | undefined,
  ) {
    this.#gathering = gathering
    this.#alarm = alarm
    this.#wake = wake
    this.#session = session
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
      for (const frame of frames) {
        channel.ring.append(frame)
        if (frame.except !== null) this.#session(frame.except)?.reader.alone()
      }
      if (isPresence && this.#isLarge(channel)) this.#gather(channel, frames)
      else this.#dirty.add(channel)
    }
  }

  #isLarge({ size }: Channel): boolean {
    return size >= this.#gathering.from && !this.#isClosed
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
      if (!channel.isOver && !this.#isClosed) continue
      this.#gathered.delete(channel)
      this.#dirty.add(channel)
    }
    if (this.#gathered.size > 0) this.#wait()
    this.#wake()
  }

  /** The session reads later frames. */
  enter(local: LocalSession, room: string): void {
    if (local.reader.isIn(room)) return
    this.#channel(room, local.encoding).enter(local, room)
  }

  /**
   * The session reads the frames up to now, and nothing after them. If it ends (`isOver`), it isn't written to for
   * presence that is being gathered: when all leave at once, each would get the exits of all before it. A ring without
   * readers is freed.
   */
  leave(local: LocalSession, room: string, isOver = false): void {
    const channels = this.#rooms.get(room)
    const channel = channels?.get(local.encoding.id)
    if (!channel || !local.reader.isIn(room)) return
    const skips = isOver && !this.#dirty.has(channel)
    channel.leave(local, room, skips ? channel.ring.sealed : undefined)
    if (channel.size > 0) return
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
    const channel = channels.get(encoding.id) ?? new Channel()
    this.#rooms.set(room, channels.set(encoding.id, channel))
    return channel
  }
}
