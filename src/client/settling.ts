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
  const next = settleJoin(
    settleLoading({ ...chat, asked: chat.asked.delete(outcome.id), heard: chat.heard.delete(outcome.id) }, outcome),
    outcome,
  )
  if (outcome.is === 'done' || !known) return next
  const why = outcome.is === 'refused' ? outcome.message : null
  if (known.asked.type === 'say' || known.asked.type === 'tell') return fail(next, known.where, known.asked, why, now)
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

type Message = Extract<Asked, { type: 'say' | 'tell' }>

function fail(chat: Chat, where: Where, { text, action }: Message, why: string | null, now: number): Chat {
  return alter(chat, where, at => {
    const entry: Entry = { kind: 'failed', ...ownPlace(at.timeline, now), text, action, why }
    return { ...at, timeline: insert(at.timeline, [entry]) }
  })
}
