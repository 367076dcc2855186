/**
 * The readers of one ring, which are written to in rounds. When the ring has something new, each of them comes up once
 * more: first those that have waited longest. To begin a round costs the same for any number of readers.
 */
export class Round<T> {
  readonly #readers = new Set<T>()
  #place = this.#readers.values()
  /** The number of readers, from the place on, that have yet to come up. */
  #left = 0

  get size(): number {
    return this.#readers.size
  }

  get isOver(): boolean {
    return this.#left === 0
  }

  [Symbol.iterator](): SetIterator<T> {
    return this.#readers.values()
  }

  /** It reads what comes from now on. During a round it comes up too, so that it takes nobody else's place in it. */
  add(reader: T): void {
    if (this.#readers.has(reader)) return
    this.#readers.add(reader)
    if (this.#left > 0) this.#left++
  }

  delete(reader: T): void {
    this.#readers.delete(reader)
    this.#left = Math.min(this.#left, this.#readers.size)
  }

  /** There is something new for all of them. */
  begin(): void {
    this.#left = this.#readers.size
  }

  /** Does this to at most `most` readers, in their turn. Returns how many these were. */
  advance(most: number, act: (reader: T) => void): number {
    let done = 0
    for (; done < most && this.#left > 0; done++) {
      this.#left--
      const reader = this.#next()
      if (reader !== undefined) act(reader)
    }
    return done
  }

  /** A set can be changed while it is walked through: the walk leaves out what is deleted, and ends with what is new. */
  #next(): T | undefined {
    const next = this.#place.next()
    if (!next.done) return next.value
    this.#place = this.#readers.values()
    return this.#place.next().value
  }
}
