/** Bounds the work of one kind that all sessions together do in one turn of the event loop. */

export class TurnBudget {
  readonly #most: number
  readonly #turn: (run: () => void) => void
  #left: number

  /** `turn` calls back at the end of this turn. */
  constructor(most: number, turn: (run: () => void) => void) {
    this.#most = most
    this.#turn = turn
    this.#left = most
  }

  /** False: this turn has done enough. Callers that ask again in the next turn keep their order. */
  take(): boolean {
    if (this.#left === 0) return false
    if (this.#left === this.#most) {
      this.#turn(() => {
        this.#left = this.#most
      })
    }
    this.#left--
    return true
  }
}
