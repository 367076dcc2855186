/** Effects that wait while an earlier one of the same connection is under way, to stay in order. */
import type { Effect } from '../state.ts'

export type HeldAsksDeps = {
  /** Whether the effect has to wait. If so, it is kept, and attempted later. */
  readonly holds: (effect: Effect) => boolean
  /** From now on effects wait. */
  readonly hold: () => void
  /** Runs `first`, then attempts the effects that waited. */
  readonly release: (first: () => void) => void
}

/** These answer no request, and the link cannot go on without them. */
const OF_THE_LINK: ReadonlySet<Effect['type']> = new Set(['writable', 'ping', 'beat-after', 'measured'])

export function holding(attempt: (effect: Effect) => void): HeldAsksDeps {
  /** Null: nothing has to wait. */
  let held: Effect[] | null = null
  return {
    holds(effect) {
      if (held === null || OF_THE_LINK.has(effect.type)) return false
      held.push(effect)
      return true
    },
    hold() {
      held = []
    },
    release(first) {
      const waiting = held ?? []
      held = null
      first()
      for (const effect of waiting) attempt(effect)
    },
  }
}
