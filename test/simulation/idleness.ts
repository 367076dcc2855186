/**
 * The time since which a journal has been busy, in elapsed milliseconds: its stored inputs came at that time or later.
 */
export class Idleness {
  readonly #elapsed: () => number
  #idleAt = -1
  busySince = 0

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
  }

  begin(): void {
    if (this.#elapsed() > this.#idleAt) this.busySince = this.#elapsed()
  }

  end(): void {
    this.#idleAt = this.#elapsed()
  }
}
