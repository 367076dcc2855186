/** This server's inputs whose outcome has not come back yet, in order, each with the callbacks that wait for it. */

type Callback = () => void

export class PendingInputs {
  readonly #waiting = new Map<string, Callback[]>()
  /** Those of the latest input. */
  #latest: Callback[] = []
  /** Their inputs are settled; `run` has yet to call them. */
  #due: Callback[] = []

  get size(): number {
    return this.#waiting.size
  }

  add(id: string): void {
    this.#latest = []
    this.#waiting.set(id, this.#latest)
  }

  /** Calls `callback` when all inputs so far are settled; at once if none is pending. */
  settled(callback: Callback): void {
    if (this.size === 0) callback()
    else this.#latest.push(callback)
  }

  /** The input was committed or refused. */
  settle(id: string): void {
    const callbacks = this.#waiting.get(id) ?? []
    this.#waiting.delete(id)
    this.#due.push(...callbacks)
  }

  /** Calls the callbacks of settled inputs. */
  run(): void {
    const due = this.#due
    this.#due = []
    for (const callback of due) callback()
  }

  clear(): void {
    this.#waiting.clear()
  }
}
