/** The server's rooms as a reader looks for them. */
import type { Chat } from '../../client/chat/state.ts'

export type RoomSummary = NonNullable<Chat['rooms']>[number]

/** Rooms with the words in name or topic; the ones with the most members first. */
export function fitting(rooms: readonly RoomSummary[], words: string): readonly RoomSummary[] {
  const wanted = words.toLowerCase().replace(/^#/, '').trim()
  const fits = ({ room, topic }: RoomSummary): boolean =>
    room.toLowerCase().includes(wanted) || (topic ?? '').toLowerCase().includes(wanted)
  return rooms.filter(fits).sort((a, b) => b.members - a.members || (a.room < b.room ? -1 : 1))
}

export const people = (members: number): string => (members === 1 ? '1 person' : `${members} people`)
