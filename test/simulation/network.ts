/**
 * A cable between one client and the server: bytes arrive late, in pieces, in order. It can be cut after any byte, with
 * or without its ends noticing, and its client may stop taking bytes.
 */
import { Observable } from 'rxjs'
import type { Dialled, Dialling } from '../../src/port/dialer.ts'
import type { Connection } from '../../src/port/transport.ts'
import { memoryPair, type Peer } from '../helpers/memory-transport.ts'
import type { VirtualClock } from '../helpers/virtual-clock.ts'
import type { Random } from './random.ts'

/** After so many more bytes in this direction nothing passes any more. `silent`: neither end is told. */
export type Cut = { readonly direction: 'up' | 'down'; readonly bytes: number; readonly silent: boolean }

/** Milliseconds after which the system gives up a connection on which nothing comes back. */
const KEEPALIVE_MS = 60_000

export class Cable {
  readonly connection: Connection
  readonly #peer: Peer
  readonly #clock: VirtualClock
  readonly #up: Flow
  readonly #down: Flow
  #broken = false
  #stalled = false
  #signal: (what: Dialled) => void = () => {}
  #done: () => void = () => {}
  /** Writes that the server has made and the client has not taken. */
  unread = 0

  constructor(id: string, address: string, clock: VirtualClock, chance: Random, whole: boolean) {
    const { connection, peer } = memoryPair(id, address, arrive => clock.turn(arrive))
    this.#clock = clock
    this.#peer = peer
    this.#up = new Flow(clock, chance, whole)
    this.#down = new Flow(clock, chance, whole)
    this.connection = watched(connection, unread => {
      this.unread = unread
    })
  }

  /** Nothing is under way, and nothing blocks the cable. */
  get calm(): boolean {
    return !this.#broken && this.#up.empty && this.#down.empty && !this.#stalled && this.connection.outstanding === 0
  }

  get broken(): boolean {
    return this.#broken
  }

  /** The client's side. */
  dialling(): Dialling {
    return {
      signals$: new Observable<Dialled>(signals => {
        this.#signal = what => signals.next(what)
        this.#done = () => signals.complete()
        this.#down.put(() => this.#signal({ type: 'opened' }))
        this.#peer.received$.subscribe({
          next: bytes => this.#down.send(bytes, piece => this.#signal({ type: 'bytes', bytes: piece })),
          complete: () => this.#down.put(() => this.#hear()),
        })
        return () => this.#leave()
      }),
      write: text => this.send(Buffer.from(text)),
      destroy: () => this.#leave(),
    }
  }

  send(bytes: Uint8Array): void {
    this.#up.send(bytes, piece => this.#peer.send(piece))
  }

  cut({ direction, bytes, silent }: Cut): void {
    const flow = direction === 'up' ? this.#up : this.#down
    flow.stopAfter(bytes, () => this.break(silent))
  }

  /** Nothing passes from now on. */
  break(silent: boolean): void {
    if (this.#broken) return
    this.#broken = true
    this.#up.stop()
    this.#down.stop()
    const wait = silent ? KEEPALIVE_MS : 0
    this.#clock.alarm(wait, () => this.#peer.vanish())
    this.#clock.alarm(wait + (silent ? 1 : 0), () => this.#hear())
  }

  stall(): void {
    this.#stalled = true
    this.#peer.stall()
  }

  resume(): void {
    if (!this.#stalled) return
    this.#stalled = false
    this.#peer.resume()
  }

  /** The client learns that the connection is over. */
  #hear(): void {
    const [signal, done] = [this.#signal, this.#done]
    this.#signal = () => {}
    this.#done = () => {}
    signal({ type: 'closed' })
    done()
  }

  /** The client has closed its end; its earlier bytes still arrive. */
  #leave(): void {
    this.#signal = () => {}
    this.#done = () => {}
    this.#up.put(() => this.#peer.vanish())
  }
}

/** One direction: first in, first out, with any delay for each. */
class Flow {
  readonly #clock: VirtualClock
  readonly #chance: Random
  readonly #whole: boolean
  readonly #waiting: (() => void)[] = []
  #due = 0
  #left = Number.POSITIVE_INFINITY
  #stopped = false
  #atEnd: () => void = () => {}

  /** `whole`: each write arrives alone, as the original's clients need it. */
  constructor(clock: VirtualClock, chance: Random, whole: boolean) {
    this.#clock = clock
    this.#chance = chance
    this.#whole = whole
  }

  get empty(): boolean {
    return this.#waiting.length === 0
  }

  send(bytes: Uint8Array, arrive: (piece: Uint8Array) => void): void {
    const at = !this.#whole && this.#chance.chance(0.15) ? this.#chance.below(bytes.length + 1) : 0
    for (const piece of [bytes.subarray(0, at), bytes.subarray(at)]) {
      if (piece.length > 0) this.put(() => this.#pass(piece, arrive))
    }
  }

  put(arrive: () => void): void {
    if (this.#stopped) return
    this.#waiting.push(arrive)
    const now = this.#clock.elapsed()
    this.#due = Math.max(this.#due, now + (this.#chance.chance(0.7) ? 0 : this.#chance.below(40)))
    const next = (): void => this.#waiting.shift()?.()
    if (this.#due === now) this.#clock.turn(next)
    else this.#clock.alarm(this.#due - now, next)
  }

  stopAfter(bytes: number, atEnd: () => void): void {
    this.#left = Math.min(this.#left, bytes)
    this.#atEnd = atEnd
    if (this.#left === 0) atEnd()
  }

  stop(): void {
    this.#stopped = true
    this.#waiting.length = 0
  }

  #pass(piece: Uint8Array, arrive: (piece: Uint8Array) => void): void {
    const isCut = piece.length > this.#left
    const passing = isCut ? piece.subarray(0, this.#whole ? 0 : this.#left) : piece
    this.#left = isCut ? 0 : this.#left - piece.length
    if (passing.length > 0) arrive(passing)
    if (this.#left === 0) this.#atEnd()
  }
}

/** With each write, reports how many writes have not been taken. */
function watched(connection: Connection, count: (unread: number) => void): Connection {
  let unread = 0
  return {
    id: connection.id,
    address: connection.address,
    signals$: connection.signals$,
    get outstanding() {
      return connection.outstanding
    },
    write(bytes) {
      if (connection.outstanding === 0) unread = 0
      const taken = connection.write(bytes)
      if (!taken && connection.outstanding > 0) unread++
      count(unread)
      return taken
    },
    handOn: (protocol, bytes, address) => connection.handOn(protocol, bytes, address),
    end: why => connection.end(why),
    destroy: () => connection.destroy(),
  }
}
