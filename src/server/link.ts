/**
 * The writing side of one connection: at most one write outstanding, and never more than one for a turn of the event
 * loop while the peer keeps up. What cannot be written yet stays where it is, as a cursor.
 */
import type { Encoding, Outgoing } from '../codec/codec.ts'
import type { CloseCode } from '../model/error.ts'
import type { SessionId } from '../model/input.ts'
import { LINGER_MS, SLOW_LINGER_MS, WRITE_BYTES } from '../model/limits.ts'
import type { Clock } from '../port/clock.ts'
import { judging } from '../port/judging.ts'
import type { Connection } from '../port/transport.ts'
import { AT_THE_END, framesOf } from './frames.ts'
import { Reader } from './reader.ts'
import type { Frame } from './ring.ts'

/** What a connection's own actor hears of its session. */
export type Notice =
  | { readonly type: 'entered'; readonly session: SessionId }
  | { readonly type: 'refused' }
  | { readonly type: 'ended' }
  /** Its goodbye could not be stored, and it has been told so. */
  | { readonly type: 'stayed' }
  /** It reads too slowly: its session goes on without it, or ends. */
  | { readonly type: 'fell-behind' }

/** From where a resumed session goes on. */
export type Resumption = { readonly token: string; readonly cursor: number; readonly epoch: string }

export class Link {
  readonly connection: Connection
  /** Whence it comes: the peer, or who a proxy of ours says that it comes for. */
  address: string
  /** Set once, when the first bytes have told the protocol. */
  encoding: Encoding | null = null
  /** The token of the session that this connection begins, for its welcome alone. */
  token: string | null = null
  resumption: Resumption | null = null
  /** Messages of the past that it wants with every room; null: as many as usual. */
  history: number | null = null
  reader = new Reader()
  /** Milliseconds from a ping to its pong; null before the first. */
  roundTrip: number | null = null
  readonly notify: (notice: Notice) => void
  readonly #clock: Clock
  /** Elapsed time of the connection and of the last bytes that came. */
  readonly #cameAt: number
  #heardAt: number
  #busy = false
  #finishing = false
  #why: CloseCode | undefined
  #over = false
  #fallen = false
  #writes = 0
  #scheduled = false
  #unpace: () => void = () => {}
  #unlinger: () => void = () => {}

  constructor(connection: Connection, clock: Clock, notify: (notice: Notice) => void) {
    this.connection = connection
    this.address = connection.address
    this.#clock = clock
    this.notify = notify
    this.#cameAt = clock.elapsed()
    this.#heardAt = this.#cameAt
  }

  /** Wall time of the connection, milliseconds since the epoch: by the clock as it is now, if it was wrong then. */
  get since(): number {
    return this.#wallTime(this.#cameAt)
  }

  /** Wall time of the last bytes that came. */
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

  /** Whether the peer has yet to take what was written: it reads slowly, or not at all. */
  get behind(): boolean {
    return this.connection.outstanding > 0
  }

  /** Whether the peer takes nothing more for now, and will say when it does. */
  get isFull(): boolean {
    return this.#busy && !this.encoding?.pace
  }

  /** Something for this connection alone, in its place among what its rooms say. Written by the next flush. */
  put(frame: Frame): void {
    if (this.#finishing) return
    this.reader.put(frame)
    this.strain(this.reader)
  }

  /** More has come for it alone. What one turn brings may be more than is kept, if the peer takes it at its end. */
  strain(reader: Reader): void {
    if (this.#busy && reader.overfull) this.fallBehind()
  }

  /**
   * Something for this connection alone that no input brought: after all that happened up to `seq`. Written at the end
   * of the turn, with all else that it brings.
   */
  answer(outgoing: Outgoing, seq: number): void {
    if (!this.encoding) return
    for (const frame of framesOf(this.encoding, outgoing, { seq, k: AT_THE_END }, null)) this.put(frame)
    this.#flushLater()
  }

  /** At the end of this turn, or of the next if it is at its end already. */
  #flushLater(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#clock.turn(() => {
      this.#scheduled = false
      this.flush()
    })
  }

  /** Writes nothing but why, and ends; at once if the peer takes nothing, or has no protocol yet. */
  giveUp(code: CloseCode, at: number): void {
    if (!this.encoding || this.behind) return this.cut()
    this.#goWith(code, at, LINGER_MS)
  }

  /**
   * It reads so slowly that it cannot be given all that happened. It is let go, and told so behind what it has yet to
   * take, if it takes that in time; until then it costs one write.
   */
  fallBehind(): void {
    if (this.#fallen) return
    if (!this.encoding || this.#finishing) return this.cut()
    this.#fallen = true
    this.#clock.turn(() => this.notify({ type: 'fell-behind' }))
    this.#goWith('too-slow', this.#clock.now(), SLOW_LINGER_MS)
  }

  #goWith(code: CloseCode, at: number, linger: number): void {
    this.reader = new Reader()
    this.answer({ type: 'closed', at, code, detail: '' }, 0)
    this.finish(code, linger)
    this.flush()
  }

  /** The connection ends when all that waits has been written, or `linger` later; nothing is added to it. */
  finish(why?: CloseCode, linger = LINGER_MS): void {
    if (this.#finishing) return
    this.#finishing = true
    this.#why = why
    this.#unlinger = judging(this.#clock, linger, () => this.cut())
  }

  /** Ends the connection at once, whatever waits. */
  cut(): void {
    this.dispose()
    this.connection.destroy()
  }

  /** Nothing is written any more. */
  dispose(): void {
    this.#over = true
    this.#unpace()
    this.#unlinger()
  }

  writable(): void {
    this.#busy = false
    this.#continue()
  }

  flush(): void {
    // One that takes nothing would otherwise stay for ever: what it has yet to get is gone.
    if (this.#busy && !this.#over && this.reader.overrun) return this.fallBehind()
    // A piece of how it goes on is made each turn.
    if (this.#scheduled && this.reader.isLed) return
    while (!this.#busy && !this.#over) {
      const batch = this.reader.take(this.encoding?.pace ? 1 : WRITE_BYTES)
      if (batch === null) return this.#rest()
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

  /** After a write has gone: at once, or where reads must stay apart, a little later. */
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
