/** The form that one joins by: a name, a room, and where the server wants one a password. What is wrong is said where it is. */
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { inRoom, type Where } from '../../client/where.ts'
import { errorText } from '../../model/error.ts'
import { NAME_MAX_CHARS, PASSWORD_MAX_CHARS } from '../../model/limits.ts'
import { LOBBY } from '../../model/standing.ts'
import { placeIn } from '../place.ts'
import { Field } from './Field.tsx'

type Props = {
  readonly name: string
  readonly room: string
  readonly error: string | null
  /** The server wants a password: the error is about that. */
  readonly locked: boolean
  readonly onJoin: (name: string, where: Where, password: string | null) => void
}

export function JoinForm({ name, room, error, locked, onJoin }: Props) {
  const [wrong, setWrong] = useState(error)
  const [wrongRoom, setWrongRoom] = useState<string | null>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const roomField = useRef<HTMLInputElement>(null)
  useEffect(() => {
    setWrong(error)
    const first = locked ? passwordField.current : nameField.current
    first?.focus()
    first?.select()
  }, [error, locked])

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
    if (where) return onJoin(typed, where, passwordField.current?.value ?? null)
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
        <Field
          field={nameField}
          id="join-name"
          label="Your name"
          defaultValue={name}
          maxLength={2 * NAME_MAX_CHARS}
          autoComplete="nickname"
          wrong={locked ? null : wrong}
          onChange={() => setWrong(null)}
        />
        {locked ? (
          <Field
            field={passwordField}
            id="join-password"
            label="Password"
            type="password"
            maxLength={PASSWORD_MAX_CHARS}
            autoComplete="current-password"
            wrong={wrong}
            onChange={() => setWrong(null)}
          />
        ) : null}
        <Field
          field={roomField}
          id="join-room"
          label="Room"
          defaultValue={room}
          maxLength={2 * NAME_MAX_CHARS}
          autoComplete="off"
          wrong={wrongRoom}
          onChange={() => setWrongRoom(null)}
        />
        <button type="submit" className="primary">
          Join
        </button>
      </form>
    </main>
  )
}
