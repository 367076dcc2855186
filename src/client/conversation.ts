/** One room or one person's private talk, as a reader has it: what was said, what of it is unread, what is yet to load. */
import { type Entry, emptyTimeline, erase, insert, lastSeq, messageAt, type Timeline } from './timeline.ts'
import type { Where } from './where.ts'

/** Of what was said before: nobody has asked; there is more; it is being loaded; that was all. */
export type Past = 'unknown' | 'more' | 'loading' | 'all'

/** What is shown is a part of the past (excerpt.ts). */
export type Excerpt = {
  /** Of what was said from this input on, up to that one, everything that is kept is in the timeline. */
  readonly from: number
  readonly to: number
  /** What was said last, and whether there is more above it. */
  readonly latest: Timeline
  readonly latestPast: Past
}

export type Conversation = {
  readonly where: Where
  /** What is shown. */
  readonly timeline: Timeline
  /** Null: what is shown goes up to what was said last. */
  readonly excerpt: Excerpt | null
  readonly unread: number
  /** How many of those speak of me. */
  readonly mentions: number
  /** The input of the first that is unread; means nothing as long as none is. */
  readonly unreadFrom: number
  /** What came after this input is new to me; null: nothing is marked as new. */
  readonly mark: number | null
  readonly past: Past
  /** When something was said here last, as the journal counts. */
  readonly lastSeq: number
}

export const newConversation = (where: Where): Conversation => ({
  where,
  timeline: emptyTimeline,
  excerpt: null,
  unread: 0,
  mentions: 0,
  unreadFrom: 0,
  mark: null,
  past: 'unknown',
  lastSeq: 0,
})

/** What was said last, whether or not it is shown. */
export const latestOf = ({ excerpt, timeline }: Conversation): Timeline => excerpt?.latest ?? timeline

export const alterLatest = (at: Conversation, change: (latest: Timeline) => Timeline): Conversation =>
  at.excerpt
    ? { ...at, excerpt: { ...at.excerpt, latest: change(at.excerpt.latest) } }
    : { ...at, timeline: change(at.timeline) }

/** Something came; `seen`: its reader has the end of this conversation in sight. */
export function hear(at: Conversation, entry: Entry, seen: boolean): Conversation {
  const before = lastSeq(latestOf(at))
  const added = alterLatest(at, latest => insert(latest, [entry]))
  const heard = { ...added, lastSeq: Math.max(at.lastSeq, entry.seq) }
  if (seen || entry.kind !== 'said') return heard
  if (entry.mine) return at.unread > 0 ? heard : { ...heard, mark: null }
  return {
    ...heard,
    unread: at.unread + 1,
    mentions: at.mentions + (entry.mention ? 1 : 0),
    unreadFrom: at.unread > 0 ? at.unreadFrom : entry.seq,
    mark: at.unread > 0 ? (at.mark ?? before) : before,
  }
}

/** The message of input `seq` has lost its text. Nothing of it is left to read, and it speaks of nobody. */
export function erased(at: Conversation, seq: number): Conversation {
  const said = messageAt(latestOf(at), seq)
  const without = alterLatest({ ...at, timeline: erase(at.timeline, seq) }, latest => erase(latest, seq))
  if (!said || said.text === null || said.mine || at.unread === 0 || seq < at.unreadFrom) return without
  return { ...without, unread: at.unread - 1, mentions: Math.max(0, at.mentions - (said.mention ? 1 : 0)) }
}

/** What is unread is read now; the mark stays, so that it is seen where that began. */
export const read = (at: Conversation): Conversation =>
  at.unread === 0 && at.mentions === 0 ? at : { ...at, unread: 0, mentions: 0 }

/** The reader has turned away, or has answered. */
export const unmark = (at: Conversation): Conversation => (at.mark === null ? at : { ...at, mark: null })
