/** What became of what one asked for: done, refused, or not known. Each is told where it was asked. */

import { note } from './chat-hearing.ts'
import { alter, type Chat } from './chat-state.ts'
import type { Asked } from './outbox.ts'
import { otherThan } from './places.ts'
import { UNKNOWN } from './sentences.ts'
import type { Outcome } from './status.ts'
import { type Entry, insert, ownPlace } from './timeline.ts'
import { inRoom, roomOf, type Where } from './where.ts'

export function settleOutcome(chat: Chat, outcome: Outcome, now: number): Chat {
  const known = chat.asked.get(outcome.id)
  const next = settleJoin(settleLoading({ ...chat, asked: chat.asked.delete(outcome.id) }, outcome), outcome)
  if (outcome.is === 'done' || !known) return next
  const why = outcome.is === 'refused' ? outcome.message : null
  const text = textOf(known.asked)
  if (text !== null) return fail(next, known.where, text, why, now)
  return known.asked.type === 'history' ? next : note(next, [why ?? UNKNOWN], 'error', now)
}

function settleLoading(chat: Chat, { id, is }: Outcome): Chat {
  if (chat.loading?.id !== id) return chat
  const past = is !== 'done' || chat.pageHasMore ? 'more' : 'all'
  return alter({ ...chat, loading: null }, chat.loading.where, at => ({ ...at, past }))
}

/** A join that was refused has led nowhere. */
function settleJoin(chat: Chat, { id }: Outcome): Chat {
  if (!chat.joining.has(id)) return chat
  const next = { ...chat, joining: chat.joining.delete(id) }
  const room = roomOf(chat.where)
  if (next.joining.size > 0 || room === null || chat.view.rooms.has(room)) return next
  const other = otherThan(next, inRoom(room))
  return alter({ ...next, where: other, conversations: next.conversations.delete(inRoom(room)) }, other, at => at)
}

const textOf = (asked: Asked): string | null => (asked.type === 'say' || asked.type === 'tell' ? asked.text : null)

function fail(chat: Chat, where: Where, text: string, why: string | null, now: number): Chat {
  return alter(chat, where, at => {
    const entry: Entry = { kind: 'failed', ...ownPlace(at.timeline, now), text, why }
    return { ...at, timeline: insert(at.timeline, [entry]) }
  })
}
