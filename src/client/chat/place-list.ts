/** The rooms and conversations, in the order of the list. */
import { LOBBY } from '../../model/name/standing.ts'
import { inRoom, roomOf, type Where } from './place.ts'
import type { Chat } from './state.ts'

/** The lobby first, then the other rooms, then people. */
export const places = (chat: Chat): readonly Where[] => [...chat.conversations.keys()].sort(byPlace)

const byPlace = (a: Where, b: Where): number => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)
const rank = (where: Where): number => (where === inRoom(LOBBY) ? 0 : roomOf(where) === null ? 2 : 1)

/** The place to show when the user leaves `where`. */
export function otherThan(chat: Chat, where: Where): Where {
  const rooms = places(chat).filter(other => other !== where && chat.view.rooms.has(roomOf(other) ?? ''))
  return rooms[0] ?? inRoom(LOBBY)
}

/** The place `by` steps further in the list, wrapping around. */
export function placeAt(chat: Chat, by: number): Where {
  const all = places(chat)
  const at = Math.max(0, all.indexOf(chat.where))
  return all[(at + by + all.length) % all.length] ?? chat.where
}

/** The next place with unread messages, those with mentions first; null: everything is read. */
export function nextUnread(chat: Chat): Where | null {
  const unread = places(chat).filter(where => where !== chat.where && (chat.conversations.get(where)?.unread ?? 0) > 0)
  return unread.find(where => (chat.conversations.get(where)?.mentions ?? 0) > 0) ?? unread[0] ?? null
}
