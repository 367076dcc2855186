/**
 * A member's standing, as the server reports it: its rooms, their unread counts, and the direct conversations. It comes
 * right after a welcome, and doesn't depend on this client's store.
 */
import type { Reply, ReplyOf } from '../../codec/native/reply.ts'
import { type Counts, counted } from './conversation/conversation.ts'
import { nobodyMet } from './people/known-people.ts'
import { listed, nameOf } from './people/private-people.ts'
import { inRoom, roomOf, type Where, withPerson } from './place.ts'
import { otherThan } from './place-list.ts'
import { alter, type Chat, conversation } from './state.ts'

const withCounts = (chat: Chat, where: Where, counts: Counts): Chat =>
  alter(chat, where, at => counted(at, counts, chat.where === where && chat.seesEnd))

export function onRoom(chat: Chat, { room, seq, read, unread, mentions }: ReplyOf<'room'>): Chat {
  const where = inRoom(room)
  const anew = { ...chat, questioned: chat.questioned.delete(room) }
  if (read === undefined || unread === undefined) return alter(anew, where, at => at)
  return withCounts(anew, where, { seq, read, unread, mentions: mentions ?? 0 })
}

/** The list that follows a welcome also says that all rooms are here. */
export function onConversations(chat: Chat, { n, seq, conversations }: ReplyOf<'conversations'>): Chat {
  let next = chat
  for (const { with: name, id, read, unread, account } of conversations) {
    next = listed(next, id, name, seq)
    const where = withPerson(nameOf(next, id, name))
    next = withCounts(next, where, { seq, read, unread, mentions: unread })
    if (account) next = alter(next, where, at => ({ ...at, account }))
  }
  return n === undefined ? inARoom(next) : next
}

export function onReadElsewhere(chat: Chat, reply: ReplyOf<'read'>): Chat {
  const { room, id = '', with: name = '', seq, target, unread, mentions } = reply
  const where = room === undefined ? withPerson(nameOf(chat, id, name)) : inRoom(room)
  if (!chat.conversations.has(where)) return chat
  return withCounts(chat, where, { seq, read: target, unread, mentions: room === undefined ? unread : mentions })
}

/** An account may be in rooms other than the one that the chat began with. */
function inARoom(chat: Chat): Chat {
  const { where, view, joining } = chat
  const room = roomOf(where)
  if (room === null || view.rooms.size === 0 || view.rooms.has(room) || joining.size > 0) return chat
  const other = otherThan(chat, where)
  const left = conversation(chat, where).timeline.entries.isEmpty()
    ? { ...chat, conversations: chat.conversations.delete(where) }
    : chat
  return alter({ ...left, where: other, seesEnd: true }, other, at => at)
}

/** A guest has logged in: the session is another member's. */
export const isAnotherMember = (
  { view, status }: Chat,
  { id, resumed }: Extract<Reply, { type: 'welcome' }>,
): boolean => !resumed && status.state === 'online' && view.member !== '' && id !== undefined && id !== view.member

/**
 * The guest's direct messages and other rooms are not the account's. The shown room stays until the server lists the
 * account's rooms.
 */
export function ofAnother(chat: Chat): Chat {
  const where = roomOf(chat.where) === null ? otherThan(chat, chat.where) : chat.where
  const stays = chat.conversations.filter((_, at) => at === where)
  const next: Chat = {
    ...chat,
    conversations: stays,
    where,
    people: nobodyMet,
    privateFrom: null,
    found: null,
    devices: null,
  }
  return alter(next, where, at => ({ ...at, read: null, countedTo: 0, seenTo: 0 }))
}
