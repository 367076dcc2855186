/**
 * The readers of one ring, which are written to in rounds. When the ring has something new, each of them comes up once
 * more: first those that have waited longest. To begin a round costs the same for any number of readers.
 */
export class Round<T> {
  readonly #readers = new Set<T>()
  readonly #sizeOf: (reader: T) => number
  #place = this.#readers.values()
  /** The reader that comes up next, if the last share had no room for it. */
  #ahead: T | undefined
  /** The number of readers, from the place on, that have yet to come up. */
  #left = 0

  /** `sizeOf`: how much of a share a reader takes, if not 1. */
  constructor(sizeOf: (reader: T) => number = () => 1) {
    this.#sizeOf = sizeOf
  }

  get size(): number {
    return this.#readers.size
  }

  get isOver(): boolean {
    return this.#left === 0
  }

  /** It takes part from now on. During a round it comes up too, so that it takes nobody else's place in it. */
  add(reader: T): void {
    if (this.#readers.has(reader)) return
    this.#readers.add(reader)
    if (this.#left > 0) this.#left++
  }

  delete(reader: T): void {
    this.#readers.delete(reader)
    if (this.#ahead === reader) this.#ahead = undefined
    this.#left = Math.min(this.#left, this.#readers.size)
  }

  /** There is something new for all of them. */
  begin(): void {
    this.#left = this.#readers.size
  }

  /**
   * Does this to readers in their turn, as many as take a share of `most` together. Returns the sum of their shares.
   */
  advance(most: number, act: (reader: T) => void): number {
    let done = 0
    while (this.#left > 0) {
      this.#ahead ??= this.#next()
      const reader = this.#ahead
      const size = reader === undefined ? 0 : this.#sizeOf(reader)
      if (done + size > most) break
      this.#ahead = undefined
      this.#left--
      done += size
      if (reader !== undefined) act(reader)
    }
    return done
  }

  /** A set can be changed while it is walked through: the walk leaves out deleted items, and ends with new ones. */
  #next(): T | undefined {
    const next = this.#place.next()
    if (!next.done) return next.value
    this.#place = this.#readers.values()
    return this.#place.next().value
  }
}
