/** A field to go to a room: it suggests existing rooms, and shows the error if the name is invalid. */
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { inRoom, type Where } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import type { Choice } from '../../../client/input/completion.ts'
import { chatErrorText } from '../../../model/chat-errors.ts'
import { placeIn } from '../../browser/place.ts'
import { fitting, people } from '../../text/rooms.ts'
import { Choices } from '../controls/Choices.tsx'

type Props = {
  readonly chat: Chat
  readonly onGo: (where: Where) => void
  readonly onAsk: () => void
}

const SUGGESTED_MAX = 8

export function GoToRoom({ chat, onGo, onAsk }: Props) {
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [chosen, choose] = useState<number | null>(null)
  const [isOpen, open] = useState(false)
  const choices = isOpen ? suggested(chat, typed) : []

  function go(room: string): void {
    const where = placeIn(room)
    if (where === null) return setWrong(chatErrorText('room-name', 'has other characters'))
    setTyped('')
    setWrong(null)
    open(false)
    choose(null)
    onGo(where)
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    const choice = choices[chosen ?? -1]
    if (choice) go(choice.text)
    else if (typed.trim() !== '') go(typed.trim())
  }

  function pressed(event: KeyboardEvent): void {
    if (event.key === 'Escape' && choices.length > 0) {
      event.stopPropagation()
      return open(false)
    }
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (by === 0 || choices.length === 0) return
    event.preventDefault()
    choose(((chosen ?? (by > 0 ? -1 : 0)) + by + choices.length) % choices.length)
  }

  return (
    <form className="join-room" onSubmit={submit}>
      <input
        aria-label="Go to a room"
        placeholder="Go to a room…"
        value={typed}
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls="rooms-suggested"
        aria-autocomplete="list"
        aria-activedescendant={chosen === null ? undefined : `rooms-suggested-${chosen}`}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : 'join-room-wrong'}
        onFocus={() => {
          onAsk()
          open(true)
        }}
        onBlur={() => open(false)}
        onKeyDown={pressed}
        onChange={event => {
          setTyped(event.target.value)
          setWrong(null)
          choose(null)
          open(true)
        }}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
      />
      {choices.length > 0 ? (
        <Choices
          id="rooms-suggested"
          label="Rooms"
          choices={choices}
          chosen={chosen}
          onChoose={index => go(choices[index]?.text ?? '')}
        />
      ) : null}
      {wrong === null ? null : (
        <p id="join-room-wrong" className="wrong small" role="alert">
          {wrong}
        </p>
      )}
    </form>
  )
}

function suggested(chat: Chat, typed: string): readonly Choice[] {
  return fitting(chat.rooms ?? [], typed)
    .filter(({ room }) => inRoom(room) !== chat.where)
    .slice(0, SUGGESTED_MAX)
    .map(({ room, members, topic }) => ({
      text: room,
      label: `#${room}`,
      help: topic ?? people(members),
    }))
}
