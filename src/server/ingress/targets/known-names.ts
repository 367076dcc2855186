/**
 * The filter of the names in use. It's made anew for each version of them, piece by piece: a text that comes before it
 * is whole is looked up, and adds as many keys as it has letters. So it never costs more than the texts do, however
 * many names there are and however often they change.
 */
import { NameFilter } from '../../../model/prose/name-filter.ts'
import type { State } from '../../../model/state.ts'

type Names = State['names']

export class KnownNames {
  #names: Names | null = null
  #filter = new NameFilter(0)
  /** The keys that the filter has yet to get; null: none. */
  #left: Iterator<string> | null = null

  /** False: none of `names` is in the text. */
  mayBeIn(text: string, names: Names): boolean {
    if (this.#names !== names) this.#begin(names)
    if (this.#left === null) return this.#filter.mayName(text)
    this.#add(this.#left, text.length)
    return true
  }

  #begin(names: Names): void {
    this.#names = names
    this.#filter = new NameFilter(names.size)
    this.#left = names.keys()
  }

  #add(left: Iterator<string>, most: number): void {
    for (let count = 0; count < most; count++) {
      const { value, done } = left.next()
      if (done) {
        this.#left = null
        return
      }
      this.#filter.add(value)
    }
  }
}
