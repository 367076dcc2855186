/** All rooms of the server: how many members, the topic, and a link. */
import { useState } from 'react'
import { inRoom, type Where } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { hashOf } from '../../browser/place.ts'
import { Dialog } from '../controls/Dialog.tsx'

/** The most rooms listed; the filter finds the others. */
const LISTED_MAX = 100

type Props = {
  readonly chat: Chat
  readonly onGo: (where: Where) => void
  readonly onClose: () => void
}

export function Rooms({ chat, onGo, onClose }: Props) {
  const [words, setWords] = useState('')
  const found = chat.rooms === null ? null : fitting(chat.rooms, words)
  return (
    <Dialog name="rooms" title="Rooms" closing="Close the rooms" onClose={onClose}>
      <input
        aria-label="Find a room"
        placeholder="Find a room by its name or topic…"
        value={words}
        autoComplete="off"
        onChange={event => setWords(event.target.value)}
        dir="auto"
      />
      <p className="quiet small" role="status">
        {found === null
          ? 'Asking the server…'
          : found.length === 0
            ? 'There is no such room. Join it to create it.'
            : ''}
      </p>
      <ul>
        {found?.slice(0, LISTED_MAX).map(({ room, members, topic }) => (
          <li key={room}>
            <a
              href={hashOf(inRoom(room))}
              className="room-hit"
              onClick={event => {
                event.preventDefault()
                onGo(inRoom(room))
              }}
            >
              <span className="room-hit-name">
                <span className="sign" aria-hidden="true">
                  #
                </span>
                <bdi>{room}</bdi>
              </span>
              <span className="quiet">
                {members === 1 ? '1 person' : `${members} people`}
                {chat.view.rooms.has(room) ? ', you too' : ''}
              </span>
              {topic ? (
                <span className="room-hit-topic quiet" dir="auto">
                  {topic}
                </span>
              ) : null}
            </a>
          </li>
        ))}
      </ul>
      {found && found.length > LISTED_MAX ? (
        <p className="quiet small">and {found.length - LISTED_MAX} more: type a part of the name</p>
      ) : null}
    </Dialog>
  )
}

type RoomSummary = NonNullable<Chat['rooms']>[number]

/** The rooms with the most members first. */
export function fitting(rooms: readonly RoomSummary[], words: string): readonly RoomSummary[] {
  const wanted = words.toLowerCase().replace(/^#/, '').trim()
  const fits = ({ room, topic }: RoomSummary): boolean =>
    room.toLowerCase().includes(wanted) || (topic ?? '').toLowerCase().includes(wanted)
  return rooms.filter(fits).sort((a, b) => b.members - a.members || (a.room < b.room ? -1 : 1))
}
