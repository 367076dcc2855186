/** One room or one person's private talk, as a reader has it: what was said, what of it is unread, what is yet to load. */
import { type Entry, emptyTimeline, erase, insert, lastSeq, messageAt, type Timeline } from './timeline.ts'
import type { Where } from './where.ts'

/** Of what was said before: nobody has asked; there is more; it is being loaded; that was all; no more is kept here. */
export type Past = 'unknown' | 'more' | 'loading' | 'all' | 'full'

export type Conversation = {
  readonly where: Where
  readonly timeline: Timeline
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
  unread: 0,
  mentions: 0,
  unreadFrom: 0,
  mark: null,
  past: 'unknown',
  lastSeq: 0,
})

/** Something came; `seen`: its reader has the end of this conversation in sight. */
export function hear(at: Conversation, entry: Entry, seen: boolean): Conversation {
  const timeline = insert(at.timeline, [entry])
  const heard = { ...at, timeline, lastSeq: Math.max(at.lastSeq, entry.seq) }
  if (seen || entry.kind !== 'said') return heard
  if (entry.mine) return at.unread > 0 ? heard : { ...heard, mark: null }
  return {
    ...heard,
    unread: at.unread + 1,
    mentions: at.mentions + (entry.mention ? 1 : 0),
    unreadFrom: at.unread > 0 ? at.unreadFrom : entry.seq,
    mark: at.unread > 0 ? (at.mark ?? lastSeq(at.timeline)) : lastSeq(at.timeline),
  }
}

/** The message of input `seq` has lost its text. Nothing of it is left to read, and it speaks of nobody. */
export function erased(at: Conversation, seq: number): Conversation {
  const said = messageAt(at.timeline, seq)
  if (!said || said.text === null) return at
  const isUnread = at.unread > 0 && seq >= at.unreadFrom && !said.mine
  return {
    ...at,
    timeline: erase(at.timeline, seq),
    unread: at.unread - (isUnread ? 1 : 0),
    mentions: Math.max(0, at.mentions - (isUnread && said.mention ? 1 : 0)),
  }
}

/** What is unread is read now; the mark stays, so that it is seen where that began. */
export const read = (at: Conversation): Conversation =>
  at.unread === 0 && at.mentions === 0 ? at : { ...at, unread: 0, mentions: 0 }

/** The reader has turned away, or has answered. */
export const unmark = (at: Conversation): Conversation => (at.mark === null ? at : { ...at, mark: null })
