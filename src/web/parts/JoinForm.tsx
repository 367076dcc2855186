/** The form that one joins by: a name and a room. What is wrong with them is said where they stand. */
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { inRoom, type Where } from '../../client/where.ts'
import { errorText } from '../../model/error.ts'
import { NAME_MAX_CHARS } from '../../model/limits.ts'
import { LOBBY } from '../../model/standing.ts'
import { placeIn } from '../place.ts'

type Props = {
  readonly name: string
  readonly room: string
  readonly error: string | null
  readonly onJoin: (name: string, where: Where) => void
}

export function JoinForm({ name, room, error, onJoin }: Props) {
  const [wrong, setWrong] = useState(error)
  const [wrongRoom, setWrongRoom] = useState<string | null>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const roomField = useRef<HTMLInputElement>(null)
  useEffect(() => {
    setWrong(error)
    nameField.current?.focus()
    nameField.current?.select()
  }, [error])

  function submit(event: FormEvent): void {
    event.preventDefault()
    const typed = nameField.current?.value.trim() ?? ''
    if (typed === '') {
      setWrong(errorText('name-empty'))
      nameField.current?.focus()
      return
    }
    const typedRoom = roomField.current?.value.trim() ?? ''
    const where = typedRoom === '' ? inRoom(LOBBY) : placeIn(typedRoom)
    if (where) return onJoin(typed, where)
    setWrongRoom(errorText('room-name', 'has other characters'))
    roomField.current?.focus()
  }

  return (
    <main className="join">
      <form className="join-form" onSubmit={submit} noValidate>
        <h1>
          <span className="prompt" aria-hidden="true">
            &gt;
          </span>
          rxchat
        </h1>
        <p className="quiet">{location.host}</p>
        <label htmlFor="join-name">Your name</label>
        <input
          ref={nameField}
          id="join-name"
          defaultValue={name}
          maxLength={2 * NAME_MAX_CHARS}
          autoComplete="nickname"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={wrong !== null}
          aria-describedby={wrong === null ? undefined : 'join-wrong'}
          onChange={() => setWrong(null)}
          dir="auto"
        />
        {wrong === null ? null : (
          <p id="join-wrong" className="wrong" role="alert">
            {wrong}
          </p>
        )}
        <label htmlFor="join-room">Room</label>
        <input
          ref={roomField}
          id="join-room"
          defaultValue={room}
          maxLength={2 * NAME_MAX_CHARS}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={wrongRoom !== null}
          aria-describedby={wrongRoom === null ? undefined : 'join-wrong-room'}
          onChange={() => setWrongRoom(null)}
          dir="auto"
        />
        {wrongRoom === null ? null : (
          <p id="join-wrong-room" className="wrong" role="alert">
            {wrongRoom}
          </p>
        )}
        <button type="submit" className="primary">
          Join
        </button>
      </form>
    </main>
  )
}
