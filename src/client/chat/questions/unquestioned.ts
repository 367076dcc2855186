/**
 * Which questions are open in a room isn't in its history, so a chat asks for them when it shows the room. One that prints
 * all messages shows none. Pure.
 */
import { roomOf } from '../place.ts'
import type { Chat } from '../state.ts'

/** The shown room, if its open questions are still to be asked for; null: they aren't. */
export function unquestioned({ where, view, status, questioned, printsAll }: Chat): string | null {
  const room = roomOf(where)
  if (printsAll || room === null || status.state !== 'online' || !view.rooms.has(room) || questioned.has(room))
    return null
  return room
}
