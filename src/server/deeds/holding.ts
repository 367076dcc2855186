/** What a connection brings while something of its own is not done yet: it waits here, since it is to be done in order. */
import type { Deed } from '../talk/conversation.ts'

export type Holding = {
  /** Whether the deed has to wait; then it is kept, and attempted later. */
  readonly holds: (deed: Deed) => boolean
  /** From now on all waits. */
  readonly hold: () => void
  /** Does `first`, and then what waits. */
  readonly release: (first: () => void) => void
}

export function holding(attempt: (deed: Deed) => void): Holding {
  /** Null: nothing has to wait. */
  let held: Deed[] | null = null
  return {
    holds(deed) {
      held?.push(deed)
      return held !== null
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
