/** How a chat changes: by the server's replies, by the user, and by the connection's status. Pure. */
import { CONVERSATIONS_MAX } from '../../model/limits.ts'
import { readRoom } from '../../model/name/name.ts'
import type { Asked } from '../session/outbox/outbox.ts'
import type { Pending } from '../session/outbox/pending.ts'
import type { Status } from '../session/status.ts'
import { alterLatest, type Conversation, read, reported, unmark } from './conversation/conversation.ts'
import { closed, excerpted } from './conversation/excerpt.ts'
import { remove } from './conversation/timeline.ts'
import { hearSpoken, note } from './incoming.ts'
import { onAskedFor } from './messages/fetched.ts'
import { refreshed } from './messages/stale.ts'
import { settleOutcome } from './outcomes.ts'
import { meant } from './people/private-people.ts'
import { inRoom, personOf, roomOf, type Where, withPerson } from './place.ts'
import { otherThan } from './place-list.ts'
import { alter, type Change, type Chat, conversation } from './state.ts'

export function evolveChat(chat: Chat, change: Change): Chat {
  switch (change.type) {
    case 'spoken':
      return bounded(hearSpoken(chat, change.spoken, change.now))
    case 'asked':
      return onAsked(chat, change)
    case 'outcome':
      return settleOutcome(chat, change.outcome, change.now)
    case 'pending':
      return { ...recalled(chat, change.pending), pending: change.pending }
    case 'status':
      return onStatus(chat, change.status, change.now)
    case 'went':
      return go(chat, change.where)
    case 'sees-end':
      return { ...(change.seesEnd ? alter(chat, chat.where, read) : chat), seesEnd: change.seesEnd }
    case 'loading':
      return onLoading(chat, change)
    case 'looking':
      return onAskedFor(chat, change.id, change.seqs)
    case 'questioned':
      return { ...chat, questioned: chat.questioned.add(change.room) }
    case 'refreshed':
      return refreshed(chat)
    case 'latest':
      return alter(chat, change.where, closed)
    case 'closed':
      return putAway(chat, change.where)
    case 'found-closed':
      return { ...chat, found: null }
    case 'devices-closed':
      return { ...chat, devices: null }
    case 'read':
      return alter(chat, change.where, at => reported(at, change.seq))
    case 'meant':
      return meant(chat, change.name, change.id)
    case 'trouble':
      return { ...chat, trouble: change.trouble }
    case 'dismissed':
      return alter(chat, chat.where, at => alterLatest(at, latest => remove(latest, change.entry)))
    case 'note':
      return note(chat, change.lines, change.tone, change.now)
  }
}

function onLoading(chat: Chat, { id, where, page, seq, excerpt }: Extract<Change, { type: 'loading' }>): Chat {
  const loading = { id, where, page, seq, excerpt }
  if (page !== 'earlier') return { ...chat, loading }
  const loads = (at: Conversation): Conversation => ({ ...(excerpt ? excerpted(at) : at), past: 'loading' })
  return { ...alter(chat, where, loads), loading }
}

/** Switches to another place. Its unread messages count as read, and the mark in the place before is removed. */
export function go(chat: Chat, where: Where): Chat {
  if (where === chat.where) return chat
  const left = alter(chat, chat.where, at => closed(unmark(at)))
  return bounded({ ...alter(left, where, read), where, seesEnd: true, trouble: null })
}

function putAway(chat: Chat, where: Where): Chat {
  const next = chat.where === where ? go(chat, otherThan(chat, where)) : chat
  return { ...next, conversations: next.conversations.delete(where) }
}

/** Commands left by an earlier client, such as the page before a reload, get a place too. */
function recalled(chat: Chat, pending: readonly Pending[]): Chat {
  const messages = pending.filter(({ id, asked }) => !chat.asked.has(id) && placeOf(asked) !== null)
  if (messages.length === 0) return chat
  const asked = chat.asked.withMutations(known => {
    for (const { id, asked } of messages) known.set(id, { asked, where: placeOf(asked) ?? chat.where })
  })
  return { ...chat, asked }
}

/** The place of a message; null for other commands. */
export const placeOf = (asked: Asked): Where | null =>
  asked.type === 'say' ? inRoom(asked.room) : asked.type === 'tell' ? withPerson(asked.to) : null

/** A join switches to the room at once, because the text typed next is meant for it. */
function onAsked(chat: Chat, { id, asked, where }: Extract<Change, { type: 'asked' }>): Chat {
  const next = { ...chat, asked: chat.asked.set(id, { asked, where }) }
  switch (asked.type) {
    case 'join': {
      const room = readRoom(asked.room)
      return room.ok ? go({ ...next, joining: next.joining.add(id) }, inRoom(room.room)) : next
    }
    case 'part': {
      const room = readRoom(asked.room)
      return room.ok && roomOf(chat.where) === room.room ? go(next, otherThan(next, chat.where)) : next
    }
    case 'say':
      // A user who answers has read the messages that were marked as new.
      return alter(next, where, unmark)
    default:
      return next
  }
}

function onStatus(chat: Chat, status: Status, now: number): Chat {
  const same = chat.status.state === status.state
  return {
    ...chat,
    status,
    statusSince: same && status.state === 'online' ? chat.statusSince : now,
    wasOnline: chat.wasOnline || status.state === 'online',
  }
}

/** If there are too many conversations, the quietest one with a single person is dropped. */
function bounded(chat: Chat): Chat {
  if (chat.conversations.size <= CONVERSATIONS_MAX) return chat
  const quietest = chat.conversations
    .filter(({ where }) => personOf(where) !== null && where !== chat.where)
    .minBy(({ lastSeq }) => lastSeq)
  return quietest ? { ...chat, conversations: chat.conversations.delete(quietest.where) } : chat
}

/** The conversation that is shown. */
export const here = (chat: Chat): Conversation => conversation(chat, chat.where)
