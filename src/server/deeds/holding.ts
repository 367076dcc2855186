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

/** Nobody asked for these, and the link does not go on without them. */
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
