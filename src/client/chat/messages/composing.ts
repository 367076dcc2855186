/** Tells the server that the user is writing, but not often: the server passes it on at most as often. */
import { TYPING_MS } from '../../../model/limits.ts'
import type { Client } from '../../session/connection.ts'
import { idOf } from '../people/private-people.ts'
import { personOf, roomOf, type Where } from '../place.ts'
import type { Chat } from '../state.ts'

export function composingSignals(client: Pick<Client, 'typing'>, now: () => number) {
  let last: { readonly where: Where; readonly at: number } | null = null
  return {
    typing(chat: Chat): void {
      const { where } = chat
      const at = now()
      if (chat.status.state !== 'online') return
      if (last?.where === where && at - last.at < TYPING_MS) return
      last = { where, at }
      const [room, name] = [roomOf(where), personOf(where) ?? '']
      const id = room === null ? idOf(chat, name) : undefined
      client.typing(room !== null ? { room } : id === undefined ? { with: name } : { with: name, id })
    },
    /** A message ends it: the next key begins anew. */
    said(): void {
      last = null
    },
  }
}
