/**
 * An excerpt of the past. While a reader looks at old messages, the conversation's timeline has only that part, and the
 * latest messages are kept beside it. The excerpt grows at both ends, a page at a time, until it meets the latest
 * messages. Pure.
 */
import { TIMELINE_DROP, TIMELINE_MAX } from '../../../model/limits.ts'
import type { Conversation } from './conversation.ts'
import { type Entry, emptyTimeline, insertAll, type Timeline } from './timeline.ts'

/** A page of history: its messages that belong here, and the inputs that it covers. */
export type ExcerptPage = { readonly entries: readonly Entry[]; readonly from: number; readonly to: number }

/** Shows only `page`. */
export function opened(at: Conversation, { entries, from, to }: ExcerptPage): Conversation {
  const [latest, latestPast] = at.excerpt ? [at.excerpt.latest, at.excerpt.latestPast] : [at.timeline, at.past]
  const timeline = { ...insertAll(emptyTimeline, entries), moves: at.timeline.moves + 1 }
  return { ...at, timeline, excerpt: { from, to, latest, latestPast } }
}

/** Shows the latest messages again. */
export function closed(at: Conversation): Conversation {
  if (!at.excerpt) return at
  const { latest, latestPast } = at.excerpt
  return { ...at, timeline: moved(latest, at), past: latestPast === 'loading' ? 'more' : latestPast, excerpt: null }
}

/** If the timeline has no room for a page above, it becomes an excerpt, which may drop entries at its end. */
export function excerpted(at: Conversation): Conversation {
  const { timeline, past } = at
  const [first, last] = [timeline.entries.first(), timeline.entries.last()]
  if (at.excerpt || !first || !last || timeline.entries.size <= TIMELINE_MAX - TIMELINE_DROP) return at
  return { ...at, excerpt: { from: first.seq, to: last.seq, latest: timeline, latestPast: past } }
}

export function grownAbove(at: Conversation, { entries, from }: ExcerptPage): Conversation {
  if (!at.excerpt) return at
  const all = insertAll(at.timeline, entries)
  const excess = all.entries.size - TIMELINE_MAX
  if (excess <= 0) return { ...at, timeline: all, excerpt: { ...at.excerpt, from } }
  const kept = all.entries.slice(0, TIMELINE_MAX - TIMELINE_DROP)
  const timeline = { ...all, entries: kept, moves: all.moves + 1 }
  return { ...at, timeline, excerpt: { ...at.excerpt, from, to: kept.last()?.seq ?? from } }
}

/** `more`: there are messages after the page. */
export function grownBelow(at: Conversation, { entries, to }: ExcerptPage, more: boolean): Conversation {
  if (!at.excerpt) return at
  const { latest, from } = at.excerpt
  const all = insertAll(at.timeline, entries)
  const meets = !more || to >= (latest.entries.find(({ kind }) => kind === 'said')?.seq ?? Number.POSITIVE_INFINITY)
  if (meets && (!more || all.entries.size + latest.entries.size <= TIMELINE_MAX)) return joined(at, all)
  const excess = all.entries.size - TIMELINE_MAX
  if (excess <= 0) return { ...at, timeline: all, excerpt: { ...at.excerpt, to } }
  const kept = all.entries.slice(TIMELINE_DROP)
  const timeline = { ...all, entries: kept, moves: all.moves + 1 }
  return { ...at, timeline, past: 'more', excerpt: { ...at.excerpt, from: kept.first()?.seq ?? from, to } }
}

/** The excerpt has reached the latest messages: both become one timeline again. */
function joined(at: Conversation, all: Timeline): Conversation {
  const latest = at.excerpt?.latest ?? emptyTimeline
  const first = all.entries.first()?.seq ?? 0
  const below = latest.entries.filter(({ seq }) => seq >= first)
  const both = { ...insertAll(all, below.toArray()), own: latest.own }
  const kept = both.entries.size > TIMELINE_MAX ? both.entries.slice(-TIMELINE_MAX) : both.entries
  return { ...at, timeline: moved({ ...both, entries: kept }, at), excerpt: null }
}

/** Counts a move, so that the rows are rebuilt. */
const moved = (timeline: Timeline, { timeline: { moves } }: Conversation): Timeline => ({
  ...timeline,
  moves: Math.max(timeline.moves, moves) + 1,
})
