/** Effects that wait while an earlier one of the same connection is under way, to stay in order. */
import { REQUESTS_HELD_BYTES } from '../../../model/limits.ts'
import type { Effect } from '../state.ts'

/** These answer no request, and the link cannot go on without them. */
const OF_THE_LINK: ReadonlySet<Effect['type']> = new Set(['writable', 'ping', 'beat-after', 'measured'])
/** These end the connection, and are kept however much waits. */
const ENDINGS: ReadonlySet<Effect['type']> = new Set(['lost', 'detach', 'conclude', 'farewell', 'give-up'])
/** Bytes that an effect takes beside its text: measured, on Node 24. */
const EFFECT_BYTES = 256

export class HeldEffects {
  readonly #attempt: (effect: Effect) => void
  readonly #overflow: () => void
  /** Null: nothing has to wait. */
  #held: Effect[] | null = null
  #bytes = 0

  /** `overflow` is called when more waits than may: what comes then is dropped. */
  constructor(attempt: (effect: Effect) => void, overflow: () => void) {
    this.#attempt = attempt
    this.#overflow = overflow
  }

  /** Whether the effect has to wait. If so, it is kept, and attempted later. */
  holds(effect: Effect): boolean {
    if (this.#held === null || OF_THE_LINK.has(effect.type)) return false
    const before = this.#bytes
    this.#bytes += bytesOf(effect)
    if (this.#bytes <= REQUESTS_HELD_BYTES || ENDINGS.has(effect.type)) this.#held.push(effect)
    else if (before <= REQUESTS_HELD_BYTES) this.#overflow()
    return true
  }

  /** From now on effects wait. */
  hold(): void {
    this.#held = []
    this.#bytes = 0
  }

  /** Runs `first`, then attempts the effects that waited. */
  release(first: () => void): void {
    const waiting = this.#held ?? []
    this.#held = null
    first()
    for (const effect of waiting) this.#attempt(effect)
  }
}

/** UTF-16 units are counted for bytes: it is a bound on memory, not on what was sent. */
const bytesOf = (effect: Effect): number =>
  EFFECT_BYTES + ('text' in effect && effect.text !== null ? 2 * effect.text.length : 0)
