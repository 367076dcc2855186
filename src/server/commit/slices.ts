/**
 * Folds commits slice by slice. Each slice is delivered, and the event loop goes round in between. A slice ends after
 * FOLD_INPUTS inputs, or earlier if much had to be read for them. Nothing here is made for each entry: a message takes
 * this way once.
 */
import type { Entry } from '../../model/input.ts'
import { FOLD_INPUTS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'

type Deps = {
  readonly clock: Pick<Clock, 'turn'>
  /** Must not throw. */
  readonly fold: (entry: Entry) => void
  /** A slice is over. */
  readonly flush: () => void
  readonly hasReadEnough: () => boolean
  /** Delivers more of the last entry. `isThrough`: that was all of it. */
  readonly goOn: () => void
  readonly isThrough: () => boolean
}

export class Slices {
  readonly #deps: Deps
  /** Commits that are not folded yet, and the next entry of the first of them. */
  #commits: (readonly Entry[])[] = []
  #at = 0
  #isStopped = false
  /** Waits for the last commit; null: it is folded. */
  #unfolded: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Folds the first slice at once, if nothing earlier is left. */
  commit(entries: readonly Entry[]): void {
    this.#commits.push(entries)
    if (this.#commits.length === 1) this.#slice()
  }

  /** Resolves when the last commit is folded; null if it is. */
  unfolded(): Promise<void> | null {
    return this.#unfolded?.promise ?? null
  }

  /** The remaining entries are not folded any more. */
  stop(): void {
    this.#isStopped = true
  }

  #slice(): void {
    const [entries] = this.#commits
    if (!entries || this.#isStopped) return
    const { fold, flush, hasReadEnough, goOn, isThrough } = this.#deps
    const end = Math.min(this.#at + FOLD_INPUTS, entries.length)
    goOn()
    while (this.#at < end && !hasReadEnough()) fold(entries[this.#at++] as Entry)
    flush()
    if (this.#at === entries.length && isThrough()) {
      this.#commits.shift()
      this.#at = 0
    }
    this.#goOn()
  }

  #goOn(): void {
    if (this.#commits.length === 0) {
      this.#unfolded?.resolve()
      this.#unfolded = null
      return
    }
    this.#unfolded ??= Promise.withResolvers<void>()
    this.#deps.clock.turn(() => this.#slice())
  }
}
