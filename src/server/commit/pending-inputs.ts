/**
 * This server's inputs whose outcome has not come back yet, and the callbacks that wait for one. Outcomes come in the
 * order of the inputs: one append is under way at a time, and it is committed or fails as a whole.
 */

type Callback = () => void

export class PendingInputs {
  /** The ids of pending inputs, from `head` on. */
  #ids: string[] = []
  #head = 0
  /** The number of inputs that have been settled since the start. */
  #settled = 0
  /** In order. Each waits until so many inputs are settled. */
  #waiting: { readonly until: number; readonly callback: Callback }[] = []

  get size(): number {
    return this.#ids.length - this.#head
  }

  add(id: string): void {
    this.#ids.push(id)
  }

  /** Calls `callback` when all inputs so far are settled; at once if none is pending. */
  settled(callback: Callback): void {
    if (this.size === 0) callback()
    else this.#waiting.push({ until: this.#settled + this.size, callback })
  }

  /**
   * The input was committed or refused. Returns whether it was pending: others are of other servers, or of an earlier
   * run.
   */
  settle(id: string): boolean {
    if (this.#ids[this.#head] !== id) return false
    this.#head += 1
    this.#settled += 1
    // By halves, so that an id is moved once on average.
    if (this.#head * 2 > this.#ids.length) {
      this.#ids = this.#ids.slice(this.#head)
      this.#head = 0
    }
    return true
  }

  /** Calls the callbacks of settled inputs. */
  run(): void {
    if (this.#waiting.length === 0) return
    const later = this.#waiting.findIndex(({ until }) => until > this.#settled)
    const due = this.#waiting.splice(0, later < 0 ? this.#waiting.length : later)
    for (const { callback } of due) callback()
  }

  clear(): void {
    this.#ids = []
    this.#head = 0
    this.#waiting = []
  }
}
