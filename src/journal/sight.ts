/** Decides which members may see a message. */
import type { Message } from '../model/message/message.ts'
import type { Sight } from '../port/history.ts'

type MessageParties = Pick<Message, 'room' | 'author' | 'other'>

export type Search = { readonly words: string; readonly sight: Sight; readonly before: number; readonly limit: number }

/** The two parties see a direct message. Readers of a room see its messages. */
export function seeing({ rooms, member }: Sight): (message: MessageParties) => boolean {
  const open = rooms === 'all' ? null : new Set(rooms)
  return ({ room, author, other }) =>
    room === null ? member !== null && (author === member || other === member) : (open?.has(room) ?? true)
}
