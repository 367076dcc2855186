/**
 * Whether a node is in touch with its brokers: once it's said that contact is lost, and once that it's there again. While
 * a broker answers nothing, the connection is made again and again, and none of that is news: contact is there again
 * when a request was answered.
 */
import type { ConnectionEvent } from './connection-event.ts'

type Hear = (event: Extract<ConnectionEvent, { type: 'connected' | 'lost' }>) => void

export class Contact {
  readonly #elapsed: () => number
  readonly #hear: Hear
  #isUp = true
  #broker: string
  /** Monotonic milliseconds when contact was lost; null: it's there. */
  #lostAt: number | null = null

  /** A broker is connected. `elapsed` gives monotonic milliseconds. */
  constructor(broker: string, elapsed: () => number, hear: Hear) {
    this.#broker = broker
    this.#elapsed = elapsed
    this.#hear = hear
    hear({ type: 'connected', broker, ms: null })
  }

  /** Whether a broker is connected. */
  get isUp(): boolean {
    return this.#isUp
  }

  disconnected(broker: string): void {
    this.#isUp = false
    if (this.#lostAt !== null) return
    this.#lostAt = this.#elapsed()
    this.#hear({ type: 'lost', broker })
  }

  reconnected(broker: string): void {
    this.#isUp = true
    this.#broker = broker
  }

  /** A request was answered. */
  answered(): void {
    if (this.#lostAt === null || !this.#isUp) return
    const ms = Math.round(this.#elapsed() - this.#lostAt)
    this.#lostAt = null
    this.#hear({ type: 'connected', broker: this.#broker, ms })
  }

  /** Nothing is connected any more, and nothing will be. */
  close(): void {
    this.#isUp = false
  }
}
