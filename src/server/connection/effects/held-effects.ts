/** Effects that wait while an earlier one of the same connection is under way, to stay in order. */
import type { Effect } from '../state.ts'

/** These answer no request, and the link cannot go on without them. */
const OF_THE_LINK: ReadonlySet<Effect['type']> = new Set(['writable', 'ping', 'beat-after', 'measured'])

export class HeldEffects {
  readonly #attempt: (effect: Effect) => void
  /** Null: nothing has to wait. */
  #held: Effect[] | null = null

  constructor(attempt: (effect: Effect) => void) {
    this.#attempt = attempt
  }

  /** Whether the effect has to wait. If so, it is kept, and attempted later. */
  holds(effect: Effect): boolean {
    if (this.#held === null || OF_THE_LINK.has(effect.type)) return false
    this.#held.push(effect)
    return true
  }

  /** From now on effects wait. */
  hold(): void {
    this.#held = []
  }

  /** Runs `first`, then attempts the effects that waited. */
  release(first: () => void): void {
    const waiting = this.#held ?? []
    this.#held = null
    first()
    for (const effect of waiting) this.#attempt(effect)
  }
}
