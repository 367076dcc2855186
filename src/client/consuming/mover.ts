/** Tells the server how far a cursor's messages are handled: at once if nothing is on its way, else a few times a second. */
import type { Clock } from '../../port/clock.ts'
import type { Client } from '../session/connection.ts'
import type { AskOutcome } from '../session/status.ts'

/** Milliseconds between two moves. */
const MOVE_MS = 250

export class Mover {
  readonly #client: Client
  readonly #clock: Clock
  readonly #cursor: string
  #turn = 0
  #place = 0
  /** The place that was reported to the server last. */
  #told = 0
  #asked: number | null = null
  #cancel: (() => void) | null = null
  #idle: (() => void)[] = []

  constructor(client: Client, clock: Clock, cursor: string) {
    this.#client = client
    this.#clock = clock
    this.#cursor = cursor
  }

  /** A turn begins, at this place. */
  begin(turn: number, place: number): void {
    this.stop()
    this.#turn = turn
    this.#place = place
    this.#told = place
    this.#asked = null
  }

  get place(): number {
    return this.#place
  }

  move(place: number): void {
    if (place <= this.#place) return
    this.#place = place
    if (this.#asked === null && this.#cancel === null) this.#tell()
  }

  /** Calls `done` when the server knows the place, or has refused it. */
  settled(done: () => void): void {
    if (this.#told === this.#place && this.#asked === null) return done()
    this.#idle.push(done)
    if (this.#asked === null) this.#tell()
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  /** Whether the question was the mover's. */
  settle(outcome: AskOutcome): boolean {
    if (outcome.id !== this.#asked) return false
    this.#asked = null
    const isOver = outcome.is !== 'done' || this.#told === this.#place
    if (isOver) {
      const idle = this.#idle
      this.#idle = []
      for (const done of idle) done()
    } else if (this.#idle.length > 0) this.#tell()
    return true
  }

  #tell(): void {
    this.stop()
    this.#told = this.#place
    this.#asked = this.#client.ask({ type: 'cursor-move', cursor: this.#cursor, turn: this.#turn, seq: this.#place })
    this.#later()
  }

  /** Not before that, and not before the answer to the last one. */
  #later(): void {
    this.#cancel = this.#clock.alarm(MOVE_MS, () => {
      this.#cancel = null
      if (this.#asked !== null) this.#later()
      else if (this.#told < this.#place) this.#tell()
    })
  }
}
