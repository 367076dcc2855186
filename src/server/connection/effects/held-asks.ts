/** Effects that wait while an earlier one of the same connection is under way, to stay in order. */
import type { Deed } from '../state.ts'

export type Holding = {
  /** Whether the effect has to wait. If so, it is kept, and attempted later. */
  readonly holds: (deed: Deed) => boolean
  /** From now on effects wait. */
  readonly hold: () => void
  /** Runs `first`, then attempts the effects that waited. */
  readonly release: (first: () => void) => void
}

/** These answer no request, and the link cannot go on without them. */
const OF_THE_LINK: ReadonlySet<Deed['do']> = new Set(['writable', 'ping', 'beat-after', 'measured'])

export function holding(attempt: (deed: Deed) => void): Holding {
  /** Null: nothing has to wait. */
  let held: Deed[] | null = null
  return {
    holds(deed) {
      if (held === null || OF_THE_LINK.has(deed.do)) return false
      held.push(deed)
      return true
    },
    hold() {
      held = []
    },
    release(first) {
      const waiting = held ?? []
      held = null
      first()
      for (const deed of waiting) attempt(deed)
    },
  }
}
