/** Decides who may see a message. */
import type { Message } from '../model/message.ts'
import type { Sight } from '../port/history.ts'

type Place = Pick<Message, 'room' | 'author' | 'other'>

/** The two parties see a direct message. Readers of a room see its messages. */
export function seeing({ rooms, member }: Sight): (message: Place) => boolean {
  const open = rooms === 'all' ? null : new Set(rooms)
  return ({ room, author, other }) =>
    room === null ? member !== null && (author === member || other === member) : (open?.has(room) ?? true)
}
