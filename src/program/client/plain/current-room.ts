/**
 * Leads the chat into a room that its session is in. A server that has forgotten a session lets its client into the
 * first room only. A lost connection alone changes nothing.
 */
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import { roomOf } from '../../../client/chat/place.ts'
import { otherThan } from '../../../client/chat/place-list.ts'
import type { Client } from '../../../client/session/connection.ts'

/** Follows the replies after the chat has folded them. */
export function followRooms({ incoming$ }: Pick<Client, 'incoming$'>, { chat$, go }: Pick<ChatStore, 'chat$' | 'go'>) {
  /** A resumed session gets its rooms one after another, with history between them, so some may still be missing. */
  let isListing = false
  incoming$.subscribe(({ reply }) => {
    if (reply.type === 'welcome') isListing = reply.resumed
    else if (reply.type !== 'room' && reply.type !== 'history') isListing = false
    const { where, joining, view } = chat$.value
    if (reply.type === 'welcome' || isListing || joining.size > 0 || view.rooms.has(roomOf(where) ?? '')) return
    go(otherThan(chat$.value, where))
  })
}
