/** Work of the host that takes longer than an input, such as a deletion. The console's next line waits for it. */

export class UnderWay {
  readonly #works = new Set<Promise<unknown>>()
  readonly #settled: (run: () => void) => void

  /** `settled` calls back when all inputs so far have been folded. */
  constructor(settled: (run: () => void) => void) {
    this.#settled = settled
  }

  /** The caller handles the error. */
  add(work: Promise<unknown>): void {
    const over = work.catch(() => {}).finally(() => this.#works.delete(over))
    this.#works.add(over)
  }

  /** Calls `run` when all work under way now is done, and its inputs are folded. */
  readonly settled = (run: () => void): void => {
    if (this.#works.size === 0) return this.#settled(run)
    void Promise.all(this.#works).then(() => this.settled(run))
  }
}
