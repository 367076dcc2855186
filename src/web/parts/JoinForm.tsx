/** The join form: a name, a room, and a password if the server requires one. Each error is shown at its field. */
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { inRoom, type Where } from '../../client/chat/place.ts'
import { errorText } from '../../model/error.ts'
import { NAME_MAX_CHARS, PASSWORD_MAX_CHARS } from '../../model/limits.ts'
import { LOBBY } from '../../model/name/standing.ts'
import { placeIn } from '../browser/place.ts'
import { Field } from './controls/Field.tsx'
import { ShareLink } from './controls/ShareLink.tsx'
import { useHere } from './use-here.ts'

type Props = {
  readonly name: string
  readonly room: string
  readonly error: string | null
  /** The error about the room in the address. */
  readonly wrongRoom: string | null
  /** The server requires a password, so the error is about that. */
  readonly locked: boolean
  readonly onJoin: (name: string, where: Where, password: string | null) => void
}

export function JoinForm({ name, room, error, wrongRoom: wrongAddress, locked, onJoin }: Props) {
  const [wrong, setWrong] = useState(error)
  const [wrongRoom, setWrongRoom] = useState(wrongAddress)
  const here = useHere()
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
        <p className="host quiet">{location.host}</p>
        <p>
          This server runs a chat room. Choose a name to join; you don't need an account.
          {here === null ? null : (
            <> {here === 0 ? 'Nobody is here yet.' : here === 1 ? 'One person is here.' : `${here} people are here.`}</>
          )}
        </p>
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
        <div className="invite">
          <p className="quiet small">To invite others, send them this link:</p>
          <ShareLink where={placeIn(room) ?? inRoom(LOBBY)} />
        </div>
      </form>
    </main>
  )
}
