/**
 * One room or one private conversation, as its reader has it: its messages, the unread ones, and the pages that can
 * still be loaded.
 */

import type { Where } from '../place.ts'
import {
  alterMessage,
  type Entry,
  emptyTimeline,
  hide,
  insert,
  isHidden,
  isHiding,
  lastSeq,
  messageAt,
  type Said,
  type Timeline,
} from './timeline.ts'

/** Earlier messages: not asked for yet, available, being loaded, or all loaded. */
export type PastState = 'unknown' | 'more' | 'loading' | 'all'

/** The timeline shows a part of the past (excerpt.ts). */
export type Excerpt = {
  /** The timeline has every kept message from input `from` to input `to`. */
  readonly from: number
  readonly to: number
  /** The latest messages, and whether there are more above them. */
  readonly latest: Timeline
  readonly latestPast: PastState
}

export type Conversation = {
  readonly where: Where
  /** The timeline that is shown. */
  readonly timeline: Timeline
  /** Null: the timeline goes up to the latest message. */
  readonly excerpt: Excerpt | null
  readonly unread: number
  /** How many unread messages mention me. */
  readonly mentions: number
  /** The input of the first unread message; meaningless if there is none. */
  readonly unreadFrom: number
  /** Entries after this input are marked as new; null: no mark. */
  readonly mark: number | null
  readonly past: PastState
  /** The input of the latest message here. */
  readonly lastSeq: number
  /** The person has an account. */
  readonly account?: true
  /** The reader has read up to this input, as far as the server knows; null: it doesn't say. */
  readonly read: number | null
  /** The server has counted unread messages up to this input. */
  readonly countedTo: number
  /** The reader has seen the messages up to this input, in this client. */
  readonly seenTo: number
  /** Changes up to this input may be missing in older messages (messages/stale.ts); 0: none are. */
  readonly staleTo: number
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
  ...{ lastSeq: 0, read: null, countedTo: 0, seenTo: 0, staleTo: 0 },
})

/** The timeline of the latest messages, shown or not. */
export const latestOf = ({ excerpt, timeline }: Conversation): Timeline => excerpt?.latest ?? timeline

export const alterLatest = (at: Conversation, change: (latest: Timeline) => Timeline): Conversation =>
  at.excerpt
    ? { ...at, excerpt: { ...at.excerpt, latest: change(at.excerpt.latest) } }
    : { ...at, timeline: change(at.timeline) }

/** Adds an entry. `seen`: the reader has the end of this conversation in sight. */
export function hear(at: Conversation, entry: Entry, seen: boolean): Conversation {
  const before = lastSeq(latestOf(at))
  const added = alterLatest(at, latest => insert(latest, [entry]))
  const heard = { ...added, lastSeq: Math.max(at.lastSeq, entry.seq) }
  if (entry.kind !== 'said') return heard
  if (seen) return { ...heard, seenTo: Math.max(at.seenTo, entry.seq) }
  if (entry.seq <= at.countedTo || isHidden(entry)) return heard
  if (entry.mine) return at.unread > 0 ? heard : { ...heard, mark: null }
  return {
    ...heard,
    unread: at.unread + 1,
    mentions: at.mentions + (entry.mention ? 1 : 0),
    unreadFrom: at.unread > 0 ? at.unreadFrom : entry.seq,
    mark: at.unread > 0 ? (at.mark ?? before) : before,
  }
}

/** Changes the message of input `seq`. One that loses its text is no longer unread. */
export function altered(at: Conversation, seq: number, change: (said: Said) => Said): Conversation {
  const said = messageAt(latestOf(at), seq)
  const alter = (timeline: Timeline): Timeline => alterMessage(timeline, seq, change)
  const timeline = alter(at.timeline)
  const next = at.excerpt
    ? { ...at, timeline, excerpt: { ...at.excerpt, latest: alter(at.excerpt.latest) } }
    : timeline === at.timeline
      ? at
      : { ...at, timeline }
  if (!said || said.text === null || said.mine || said.hidden || at.unread === 0 || seq < at.unreadFrom) return next
  const now = messageAt(latestOf(next), seq)
  const unread = at.unread - (now?.text === null ? 1 : 0)
  const mentions = Math.max(0, at.mentions + Number(now?.mention === true) - Number(said.mention))
  return unread === at.unread && mentions === at.mentions ? next : { ...next, unread, mentions }
}

/** Hides the messages of ignored authors, and shows all others. A hidden message is no longer unread. */
export function hiding(at: Conversation, isIgnored: (author: string) => boolean): Conversation {
  const timeline = hide(at.timeline, isIgnored)
  const hidden = alterLatest({ ...at, timeline }, latest => hide(latest, isIgnored))
  if (at.unread === 0) return hidden
  const gone = latestOf(at).entries.filter(
    entry => entry.kind === 'said' && entry.seq >= at.unreadFrom && !isHidden(entry) && isHiding(entry, isIgnored),
  )
  const mentions = gone.count(entry => entry.kind === 'said' && entry.mention)
  return {
    ...hidden,
    unread: Math.max(0, at.unread - gone.size),
    mentions: Math.max(0, at.mentions - mentions),
  }
}

/** Unread messages count as read. The mark stays, so that the reader sees where they began. */
export function read(at: Conversation): Conversation {
  const seenTo = endOf(at)
  const isSame = at.unread === 0 && at.mentions === 0 && at.seenTo >= seenTo
  return isSame ? at : { ...at, unread: 0, mentions: 0, seenTo: Math.max(at.seenTo, seenTo) }
}

/** The last input that is known here. */
export const endOf = (at: Conversation): number => Math.max(at.lastSeq, lastSeq(latestOf(at)))

/** How far a place was read, and the counts of later messages, as of input `seq`. */
export type Counts = {
  readonly seq: number
  readonly read: number
  readonly unread: number
  readonly mentions: number
}

/** The server has counted. `seen`: the reader has the end of this conversation in sight. */
export function counted(at: Conversation, { seq, read, unread, mentions }: Counts, seen: boolean): Conversation {
  if (seq < at.countedTo) return at
  // The reader has seen more than the client has reported, so the client's own count is right.
  if (at.seenTo > read) return { ...at, read }
  const mark = unread > 0 ? (at.mark ?? read) : seen ? at.mark : null
  const left = seen ? { unread: 0, mentions: 0 } : { unread, mentions: Math.min(unread, mentions) }
  return { ...at, ...left, read, countedTo: seq, unreadFrom: read + 1, mark }
}

/** The position that was reported to the server. */
export const reported = (at: Conversation, seq: number): Conversation => ({ ...at, read: Math.max(at.read ?? 0, seq) })

/** Removes the mark, when the reader has switched away or has answered. */
export const unmark = (at: Conversation): Conversation => (at.mark === null ? at : { ...at, mark: null })
