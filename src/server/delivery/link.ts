/**
 * The writing side of one connection: at most one outstanding write, and one write per turn of the event loop while the
 * peer keeps up. Frames that cannot be written yet are not copied: the reader's cursor stays before it.
 */
import type { Encoding, Outgoing } from '../../codec/codec.ts'
import type { CloseCode } from '../../model/closing.ts'
import type { SessionId } from '../../model/input.ts'
import { LINGER_MS, SLOW_LINGER_MS, WRITE_BYTES } from '../../model/limits.ts'
import type { Name } from '../../model/name/name.ts'
import { PLAIN } from '../../model/proof.ts'
import type { Clock } from '../../port/clock.ts'
import { SilenceAlarm } from '../../port/silence-alarm.ts'
import type { Connection } from '../../port/transport.ts'
import { AT_THE_END, framed, framesFor } from './frames.ts'
import { Reader } from './reading/reader.ts'
import type { Frame } from './reading/ring.ts'

/** News of a session, for the actor of its connection. */
export type Notice =
  | { readonly type: 'entered'; readonly session: SessionId }
  | { readonly type: 'refused' }
  /** It was sent a challenge, and has yet to prove itself. */
  | { readonly type: 'challenged' }
  /** The name in its hello is an account, so the person has to be asked for the password. */
  | { readonly type: 'registered'; readonly name: Name; readonly room: string }
  | { readonly type: 'ended' }
  /** The goodbye could not be stored, and the client has been told so. */
  | { readonly type: 'stayed' }
  /** The peer reads too slowly: its session goes on without this connection, or ends. */
  | { readonly type: 'fell-behind' }

/** The name of a session's member; null if it has none. */
export type NameOf = (session: SessionId) => string | null

/** The point from which a resumed session goes on. */
export type Resumption = {
  readonly token: string
  readonly cursor: number
  readonly epoch: string
  /** The client has the rooms and the missed messages that came with its last welcome. */
  readonly whole: boolean
}

export class Link {
  readonly connection: Connection
  /** The hash of the server's certificate that the peer has seen, in hex; PLAIN without TLS. */
  certificate: string = PLAIN
  /** The origin of the page that opened the connection; null: no page did. */
  page: string | null = null
  /** The client's address: the peer's, or the one that a trusted proxy reports. */
  address: string
  /** Set once, when the first bytes have shown the protocol. */
  encoding: Encoding | null = null
  /** The token of the session that begins on this connection; only its welcome carries it. */
  token: string | null = null
  resumption: Resumption | null = null
  /** The number of earlier messages that the client wants with each room; null: the default. */
  history: number | null = null
  reader = new Reader()
  /** Milliseconds from a ping to its pong; null before the first. */
  roundTrip: number | null = null
  readonly notify: (notice: Notice) => void
  readonly #clock: Clock
  readonly #nameOf: NameOf
  /** When the connection and the last bytes came, in monotonic milliseconds. */
  readonly #cameAt: number
  #heardAt: number
  #busy = false
  #finishing = false
  #why: CloseCode | undefined
  #over = false
  #fallen = false
  #writes = 0
  #scheduled = false
  #unpace: (() => void) | null = null
  #lingering: SilenceAlarm | null = null

  constructor(connection: Connection, clock: Clock, nameOf: NameOf, notify: (notice: Notice) => void) {
    this.connection = connection
    this.address = connection.address
    this.#clock = clock
    this.#nameOf = nameOf
    this.notify = notify
    this.#cameAt = clock.elapsed()
    this.#heardAt = this.#cameAt
  }

  /** When the connection came: milliseconds since the epoch, by the wall clock as it is set now. */
  get since(): number {
    return this.#wallTime(this.#cameAt)
  }

  /** When the last bytes came, by the same clock. */
  get heardAt(): number {
    return this.#wallTime(this.#heardAt)
  }

  /** Bytes came. */
  heard(): void {
    this.#heardAt = this.#clock.elapsed()
  }

  #wallTime(elapsed: number): number {
    return this.#clock.now() - Math.round(this.#clock.elapsed() - elapsed)
  }

  /** Whether the peer has yet to take written bytes: it reads slowly, or not at all. */
  get behind(): boolean {
    return this.connection.outstanding > 0
  }

  /** Whether the peer takes nothing more for now. `writable` follows when it does. */
  get isFull(): boolean {
    return this.#busy && !this.encoding?.pace
  }

  /** A frame for this connection alone, in its order among the frames of its rooms. The next flush writes it. */
  put(frame: Frame): void {
    if (this.#finishing) return
    this.reader.put(frame)
    this.strain(this.reader)
  }

  /**
   * Called after more has come for this session alone. One turn may bring more than a lane holds, if the peer takes it
   * at the end of the turn.
   */
  strain(reader: Reader): void {
    if (this.#busy && reader.lane.overfull) this.fallBehind()
  }

  /**
   * An answer for this connection that no input brought. Its place is after everything up to `seq`. It is written at
   * the end of the turn, together with the rest of the turn.
   */
  answer(outgoing: Outgoing, seq: number): void {
    if (!this.encoding) return
    const { session } = this.reader
    const recipient = { name: session === null ? null : this.#nameOf(session) }
    this.#putLast(framesFor(recipient, this.encoding, outgoing, { seq, k: AT_THE_END }))
  }

  /** The same for an answer that the decoder has written. */
  reply(text: string, seq: number): void {
    if (this.encoding) this.#putLast(framed(this.encoding, [text], { seq, k: AT_THE_END }, null))
  }

  /**
   * Frames that may be lost: they're dropped, which gives false, unless they can be written at the end of this turn.
   */
  remark(frames: readonly Frame[]): boolean {
    const isTaken = this.isReady && this.reader.lane.isEmpty
    if (isTaken) this.#putLast(frames)
    return isTaken
  }

  #putLast(frames: readonly Frame[]): void {
    for (const frame of frames) this.put(frame)
    this.#flushLater()
  }

  /** At the end of this turn, or of the next one if this one is ending already. */
  #flushLater(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#clock.turn(() => {
      this.#scheduled = false
      this.flush()
    })
  }

  /** Writes only the reason, and ends the connection; at once if the peer takes nothing, or has no protocol yet. */
  giveUp(code: CloseCode, at: number): void {
    if (!this.encoding || this.behind) return this.cut()
    this.#goWith(code, at, LINGER_MS)
  }

  /**
   * The peer reads so slowly that it has missed frames. The session leaves the connection. The reason is sent behind
   * the data that was already written, if the peer takes that data in time; until then the connection costs that one
   * write.
   */
  fallBehind(): void {
    if (this.#fallen) return
    if (!this.encoding || this.#finishing) return this.cut()
    this.#fallen = true
    this.#clock.turn(() => this.notify({ type: 'fell-behind' }))
    this.#goWith('too-slow', this.#clock.now(), SLOW_LINGER_MS)
  }

  #goWith(code: CloseCode, at: number, linger: number): void {
    this.leaveReader()
    this.answer({ type: 'closed', at, code, detail: '' }, 0)
    this.finish(code, linger)
    this.flush()
  }

  /** The connection leaves its reader, except for the rest of a frame. */
  leaveReader(): void {
    this.reader.alone()
    const rest = this.reader.rest()
    this.reader = new Reader()
    for (const frame of rest) this.reader.put(frame)
  }

  /**
   * The connection ends when everything that waits has been written, or `linger` milliseconds later. Nothing is added
   * to it.
   */
  finish(why?: CloseCode, linger = LINGER_MS): void {
    if (this.#finishing || this.#over) return
    this.#finishing = true
    this.#why = why
    this.reader.end()
    this.#lingering = new SilenceAlarm(this.#clock, () => this.cut())
    this.#lingering.set(linger)
  }

  /** Ends the connection at once, even if frames wait. */
  cut(): void {
    this.dispose()
    this.connection.destroy()
  }

  /** Nothing is written any more. */
  dispose(): void {
    this.#over = true
    this.reader.alone()
    this.#unpace?.()
    this.#lingering?.off()
  }

  /** Whether it may be written to as soon as something comes, and at once all of it. */
  get isReady(): boolean {
    return !this.#busy && !this.#finishing && !this.#over && this.encoding?.pace === null
  }

  /** The frames for a group of readers were written only in part. `writable` follows. */
  wasFilled(): void {
    this.#busy = true
    this.reader.alone()
  }

  writable(): void {
    this.#busy = false
    this.#continue()
  }

  flush(): void {
    // Without this, a peer that takes nothing would stay for ever, though it can never get the missed frames.
    if (this.#busy && !this.#over && this.reader.overrun) return this.fallBehind()
    // Only one piece of the welcome after a gap is made in each turn.
    if (this.#scheduled && this.reader.isLed) return
    while (!this.#busy && !this.#over) {
      const batch = this.reader.take(this.encoding?.pace ? 1 : WRITE_BYTES)
      if (batch === null) return this.reader.isLed ? this.#flushLater() : this.#rest()
      if (batch === 'overrun') return this.fallBehind()
      this.#writes++
      this.#busy = true
      if (this.connection.write(batch)) {
        this.#busy = false
        if (this.encoding?.pace) return this.#continue()
        if (this.reader.isLed) return this.#flushLater()
      }
    }
  }

  /** After a write has gone: at once, or for a paced protocol a little later. */
  #continue(): void {
    const pace = this.encoding?.pace
    if (!pace) return this.flush()
    this.#busy = true
    this.#unpace = this.#clock.alarm(this.#writes === 1 ? pace.first : pace.rest, () => {
      this.#busy = false
      this.flush()
    })
  }

  #rest(): void {
    if (!this.#finishing) return
    this.#over = true
    this.connection.end(this.#why)
  }
}
