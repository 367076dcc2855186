/**
 * The end of a wait for a question that should have ended by now. A client that hears nothing of its end asks, and gives up
 * if the server doesn't answer: a script must not hang. Without a connection, `--patience` says how long to wait.
 */
import type { Client } from '../../../../client/session/connection.ts'

type Listener = {
  /** The question should have ended: ask what became of it. */
  readonly look: () => void
  /** The server doesn't say. */
  readonly silent: () => void
}

export class Overdue {
  readonly #slack: number
  readonly #listener: Listener
  /** There is a connection, to a server that isn't cut off. */
  readonly #isReached: () => boolean
  #timer: NodeJS.Timeout | undefined
  #hasLooked = false

  /** `slack`: milliseconds for the news of the end, and for the answer about it. */
  constructor({ status$, incoming$ }: Pick<Client, 'status$' | 'incoming$'>, slack: number, listener: Listener) {
    this.#slack = slack
    this.#listener = listener
    let isStalled = false
    incoming$.subscribe(({ reply }) => {
      if (reply.type === 'stalled') isStalled = reply.over !== true
      else if (reply.type === 'welcome') isStalled = false
    })
    this.#isReached = () => status$.value.state === 'online' && !isStalled
  }

  /** The question ends after so many milliseconds, if nobody answers. */
  begin(ms: number): void {
    this.#wait(ms + this.#slack, () => this.#ask())
  }

  /** The server has said that the question is open. One that was asked before may stay open for longer. */
  isOpen(): void {
    if (this.#hasLooked) this.#wait(this.#slack, () => this.#ask())
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #ask(): void {
    if (!this.#isReached()) return this.#wait(this.#slack, () => this.#ask())
    this.#hasLooked = true
    this.#listener.look()
    this.#wait(this.#slack, () => (this.#isReached() ? this.#listener.silent() : this.#ask()))
  }

  #wait(ms: number, then: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(then, ms)
  }
}
