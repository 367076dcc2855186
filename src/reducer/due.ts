/** nextDue: when the next tick is needed. While nothing is due, no clock is read and no timer runs. */
import type { Map as IMap } from 'immutable'
import type { State } from '../model/state.ts'

/** Times when something ends: of sessions, or of sanctions, held messages and modes. */
type Times = IMap<string, number>

/** Milliseconds since the epoch, or null if nothing is due. */
export function nextDue({ due, fresh, absent, ends }: State): number | null {
  // The first of `fresh` and of `absent` is the earliest.
  const firsts = [earliest(due)?.until, earliest(ends)?.until, fresh.first(), absent.first()].filter(
    until => until !== undefined,
  )
  return firsts.length === 0 ? null : Math.min(...firsts)
}

/** It ends then. */
export function withTime(times: Times, key: string, until: number): Times {
  const known = earliest(times)
  const next = withoutTime(times, key).set(key, until)
  if (!known || until < known.until) found.set(next, { until, count: 1 })
  else if (until === known.until && !times.has(key)) found.set(next, { until, count: known.count + 1 })
  else if (until > known.until && !times.has(key)) found.set(next, known)
  return next
}

/** It doesn't end by itself any more. Many may end at once, so the earliest is looked for only when somebody asks for it. */
export function withoutTime(times: Times, key: string): Times {
  const until = times.get(key)
  if (until === undefined) return times
  const known = found.get(times)
  const next = times.delete(key)
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
const found = new WeakMap<Times, Earliest>()

function earliest(times: Times): Earliest | undefined {
  const known = found.get(times)
  if (known || times.size === 0) return known
  let least: Earliest = { until: Number.POSITIVE_INFINITY, count: 0 }
  times.forEach(until => {
    if (until < least.until) least = { until, count: 1 }
    else if (until === least.until) least = { until, count: least.count + 1 }
  })
  found.set(times, least)
  return least
}

/** The keys of at most `count` that are due at `at`, the earliest first; in the order of their keys, if they end together. */
export function firstDue(times: Times, at: number, count: number): readonly string[] {
  const first: (readonly [key: string, until: number])[] = []
  times.forEach((until, key) => {
    if (until > at) return
    const before = first.findLastIndex(([other, end]) => end < until || (end === until && other < key))
    if (before + 1 < count) first.splice(before + 1, 0, [key, until])
    if (first.length > count) first.pop()
  })
  return first.map(([key]) => key)
}
