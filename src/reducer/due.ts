/** nextDue: when the next tick is needed. While nothing is due, no clock is read and no timer runs. */
import type { SessionId } from '../model/input.ts'
import type { State } from '../model/state.ts'

type Due = State['due']

/** Milliseconds since the epoch, or null if nothing is due. */
export function nextDue({ due, fresh, absent }: State): number | null {
  // The first of `fresh` and of `absent` is the earliest.
  const firsts = [earliest(due)?.until, fresh.first(), absent.first()].filter(until => until !== undefined)
  return firsts.length === 0 ? null : Math.min(...firsts)
}

/** The session is detached until then. */
export function withDue(due: Due, session: SessionId, until: number): Due {
  const known = earliest(due)
  const next = withoutDue(due, session).set(session, until)
  if (!known || until < known.until) found.set(next, { until, count: 1 })
  else if (until === known.until && !due.has(session)) found.set(next, { until, count: known.count + 1 })
  else if (until > known.until && !due.has(session)) found.set(next, known)
  return next
}

/** The session is not detached any more. */
export function withoutDue(due: Due, session: SessionId): Due {
  const until = due.get(session)
  if (until === undefined) return due
  const known = earliest(due)
  const next = due.delete(session)
  if (known && until > known.until) found.set(next, known)
  else if (known && known.count > 1) found.set(next, { until, count: known.count - 1 })
  return next
}

/** The earliest time, and how many have it. */
type Earliest = { readonly until: number; readonly count: number }

/**
 * Cache: it changes no answer. It follows the changes, because thousands may be detached at once, each by an input of its
 * own; it's computed anew when the only earliest is gone.
 */
const found = new WeakMap<Due, Earliest>()

function earliest(due: Due): Earliest | undefined {
  const known = found.get(due)
  if (known || due.size === 0) return known
  let least: Earliest = { until: Number.POSITIVE_INFINITY, count: 0 }
  for (const until of due.values()) {
    if (until < least.until) least = { until, count: 1 }
    else if (until === least.until) least = { until, count: least.count + 1 }
  }
  found.set(due, least)
  return least
}
