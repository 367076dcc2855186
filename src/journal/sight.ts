/** Who may see a message. */
import type { Message } from '../model/message.ts'
import type { Sight } from '../port/history.ts'

type Place = Pick<Message, 'room' | 'author' | 'other'>

/** What was said to one alone is seen by its two parties; what was said in a room, by those who may look there. */
export function seeing({ rooms, member }: Sight): (message: Place) => boolean {
  const open = rooms === 'all' ? null : new Set(rooms)
  return ({ room, author, other }) =>
    room === null ? member !== null && (author === member || other === member) : (open?.has(room) ?? true)
}
