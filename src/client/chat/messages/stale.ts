/**
 * After a gap that is longer than the server's memory of events, the client may have missed edits, deletions and
 * reactions of its messages. It asks for the latest of each place anew when the place is shown, and drops the older
 * ones, which can be loaded again. Pure.
 */
import type { ReplyOf } from '../../../codec/native/reply.ts'
import { HISTORY_PAGE_BYTES, REFRESHED_MAX, TEXT_MAX_BYTES, TIMELINE_DROP } from '../../../model/limits.ts'
import { type Conversation, latestOf } from '../conversation/conversation.ts'
import { asOf, type Entry, type Timeline } from '../conversation/timeline.ts'
import { alter, type Chat, conversation } from '../state.ts'

/** Single messages that are asked for at once: so many that an answer has room for them, however long they are. */
export const LOOKED_UP = Math.floor(HISTORY_PAGE_BYTES / TEXT_MAX_BYTES)

/** Whether this welcome says that events are missing which nobody repeats. */
export const isBehind = (chat: Chat, { resumed, gap }: ReplyOf<'welcome'>): boolean =>
  chat.wasOnline && (!resumed || gap)

/** Changes up to input `seq` may be missing everywhere. */
export const stale = (chat: Chat, seq: number): Chat => ({
  ...{ ...chat, fetched: new Map() },
  conversations: chat.conversations.map(at => ({ ...trimmed(at), staleTo: seq })),
})

/** An excerpt is short. */
function trimmed(at: Conversation): Conversation {
  const { entries } = latestOf(at)
  if (entries.size <= REFRESHED_MAX + TIMELINE_DROP) return at
  const cut = (timeline: Timeline): Timeline => ({
    ...timeline,
    entries: timeline.entries.slice(-REFRESHED_MAX),
    moves: timeline.moves + 1,
  })
  if (!at.excerpt) return { ...at, timeline: cut(at.timeline), past: 'more' }
  return { ...at, excerpt: { ...at.excerpt, latest: cut(at.excerpt.latest), latestPast: 'more' } }
}

/** The messages of the shown place to ask for next, the latest first; null: nothing there is stale. */
export function staleHere(chat: Chat): readonly number[] | null {
  const { staleTo, ...at } = conversation(chat, chat.where)
  if (staleTo === 0) return null
  const isStale = (entry: Entry): boolean =>
    entry.kind === 'said' && entry.text !== null && entry.held !== true && asOf(entry) < staleTo
  const timelines = at.excerpt ? [at.timeline, at.excerpt.latest] : [at.timeline]
  return timelines
    .flatMap(({ entries }) => [...entries.reverse().filter(isStale).take(LOOKED_UP)])
    .slice(0, LOOKED_UP)
    .map(({ seq }) => seq)
}

export const refreshed = (chat: Chat): Chat => alter(chat, chat.where, at => ({ ...at, staleTo: 0 }))
