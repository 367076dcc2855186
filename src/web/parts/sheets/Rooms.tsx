/** The rooms of the server: found by name or topic, joined by a click, and opened if there's none of that name. */
import { type FormEvent, useState } from 'react'
import { inRoom, roomOf, type Where } from '../../../client/chat/place.ts'
import { chatErrorText } from '../../../model/chat-errors.ts'
import { hashOf, placeIn } from '../../browser/place.ts'
import { fitting, people, type RoomSummary } from '../../text/rooms.ts'
import { Dialog } from '../controls/Dialog.tsx'
import type { SheetProps } from './sheet-props.ts'

/** The most rooms listed; the filter finds the others. */
const LISTED_MAX = 100

export function Rooms({ chat, onGo, onClose }: SheetProps) {
  const [words, setWords] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const found = chat.rooms === null ? null : fitting(chat.rooms, words)
  const typed = words.trim()
  const named = typed === '' ? null : placeIn(typed)
  const isKnown = named !== null && chat.rooms?.some(({ room }) => inRoom(room) === named)

  /** Enter goes to the room of this name, or else to the only one found. */
  function submit(event: FormEvent): void {
    event.preventDefault()
    const [only, ...more] = found ?? []
    if (typed === '') return
    if (!isKnown && only && more.length === 0) onGo(inRoom(only.room))
    else if (named && roomOf(named) !== null) onGo(named)
    else setWrong(chatErrorText('room-name', 'has other characters'))
  }

  return (
    <Dialog name="rooms" title="Rooms" closing="Close the rooms" onClose={onClose}>
      <form onSubmit={submit}>
        <input
          aria-label="Find a room"
          placeholder="Find a room by its name or topic, or name a new one…"
          value={words}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={wrong !== null}
          aria-describedby="rooms-said"
          onChange={event => {
            setWords(event.target.value)
            setWrong(null)
          }}
          dir="auto"
        />
      </form>
      <p id="rooms-said" className={wrong === null ? 'quiet small' : 'wrong small'} role="status">
        {wrong ?? summary(found, typed)}
      </p>
      {named && roomOf(named) !== null && found !== null && !isKnown ? (
        <button type="button" className="room-new" onClick={() => onGo(named)}>
          <strong>Open #{roomOf(named)}</strong>
          <span className="quiet">a new room, and you are its founder</span>
        </button>
      ) : null}
      <ul>
        {found?.slice(0, LISTED_MAX).map(summary => (
          <Room
            key={summary.room}
            summary={summary}
            isIn={chat.view.rooms.has(summary.room)}
            isHere={inRoom(summary.room) === chat.where}
            onGo={onGo}
          />
        ))}
      </ul>
      {found && found.length > LISTED_MAX ? (
        <p className="quiet small">and {found.length - LISTED_MAX} more: type a part of the name</p>
      ) : null}
    </Dialog>
  )
}

function summary(found: readonly RoomSummary[] | null, typed: string): string {
  if (found === null) return 'Asking the server…'
  if (typed === '') return 'Secret rooms are not listed. Whoever has their link can join.'
  return found.length === 0 ? 'There is no such room.' : found.length === 1 ? '1 room' : `${found.length} rooms`
}

type RoomProps = {
  readonly summary: RoomSummary
  readonly isIn: boolean
  readonly isHere: boolean
  readonly onGo: (where: Where) => void
}

function Room({ summary: { room, members, topic }, isIn, isHere, onGo }: RoomProps) {
  return (
    <li>
      <a
        href={hashOf(inRoom(room))}
        className="room-hit"
        onClick={event => {
          event.preventDefault()
          onGo(inRoom(room))
        }}
      >
        <span className="room-hit-sign" aria-hidden="true">
          #
        </span>
        <bdi className="room-hit-name">{room}</bdi>
        <span className="quiet room-hit-people">
          {people(members)}
          {isIn ? ', you too' : ''}
        </span>
        <span className="room-hit-topic quiet" dir="auto">
          {topic ?? 'no topic'}
        </span>
        <span className={isIn ? 'room-hit-go quiet' : 'room-hit-go'}>{isHere ? 'Here' : isIn ? 'Go' : 'Join'}</span>
      </a>
    </li>
  )
}
