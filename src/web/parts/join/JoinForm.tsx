/**
 * The join form. A guest gives a name and a room. The fields of an account show when the user asks for them, or when
 * the name turns out to be an account's. Each error is shown at its field.
 */
import { type FormEvent, useRef } from 'react'
import { inRoom, roomOf, type Where } from '../../../client/chat/place.ts'
import { chatErrorText } from '../../../model/chat-errors.ts'
import { NAME_MAX_CHARS, PASSWORD_MAX_CHARS } from '../../../model/limits.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import type { KeptSignIn } from '../../browser/kept-sign-in.ts'
import { placeIn } from '../../browser/place.ts'
import { isShort, TOO_SHORT } from '../../text/passwords.ts'
import { Field } from '../controls/Field.tsx'
import { ShareLink } from '../controls/ShareLink.tsx'
import { useHere } from '../use-here.ts'
import { AccountFields } from './AccountFields.tsx'
import { Intro } from './Intro.tsx'
import { useTurns } from './use-turns.ts'
import { Ways } from './Ways.tsx'
import type { As, JoinError, JoinWish, Mode } from './wish.ts'

type Props = {
  readonly name: string
  readonly room: string
  readonly mode: Mode
  readonly error: JoinError | null
  /** The server requires a password from everybody without an account. */
  readonly locked: boolean
  /** The form was sent, and is not answered yet. */
  readonly isBusy: boolean
  readonly isInvited: boolean
  /** The sign-in of this device; null: none. */
  readonly kept: KeptSignIn | null
  readonly onJoin: (wish: JoinWish) => void
}

export function JoinForm({
  name: first,
  room,
  mode: firstMode,
  error,
  locked,
  isBusy,
  isInvited,
  kept,
  onJoin,
}: Props) {
  const form = useRef<HTMLFormElement>(null)
  const nameField = useRef<HTMLInputElement>(null)
  const roomField = useRef<HTMLInputElement>(null)
  const serverField = useRef<HTMLInputElement>(null)
  const { mode, name, setName, at, calm, turn, refuse } = useTurns({ name: first, mode: firstMode, error }, form)
  const here = useHere()
  const isKept = mode === 'guest' && kept?.name === name.trim()

  function join(as: As): void {
    const typed = name.trim()
    if (typed === '' && as.type !== 'passkey') return refuse({ at: 'name', text: chatErrorText('name-empty') })
    const typedRoom = roomField.current?.value.trim()
    const where: Where | null = typedRoom === '' ? inRoom(LOBBY) : typedRoom === undefined ? null : placeIn(typedRoom)
    if (!where && typedRoom !== undefined)
      return refuse({ at: 'room', text: chatErrorText('room-name', 'has other characters') })
    calm()
    onJoin({ name: as.type === 'passkey' ? '' : typed, where, serverPassword: serverField.current?.value ?? null, as })
  }

  function submit(event: FormEvent): void {
    event.preventDefault()
    const fields = new FormData(event.currentTarget as HTMLFormElement)
    const password = String(fields.get('password') ?? '')
    const keeps = fields.get('keeps') !== null
    if (mode === 'guest') return join(isKept && kept ? { type: 'kept', secret: kept.secret } : { type: 'guest' })
    if (password === '') return refuse({ at: 'password', text: 'The password is missing. Type it.' })
    if (mode === 'create' && isShort(password)) return refuse({ at: 'password', text: TOO_SHORT })
    join(mode === 'create' ? { type: 'create', password, keeps } : { type: 'password', password, keeps })
  }

  return (
    <main className="join">
      <form ref={form} className="join-form" onSubmit={submit} noValidate>
        <Intro mode={mode} here={here} isInvited={isInvited} />
        {at('form') === null ? null : (
          <p id="join-form-wrong" className="wrong" role="alert" tabIndex={-1}>
            {at('form')}
          </p>
        )}
        <Field
          field={nameField}
          id="join-name"
          label="Your name"
          defaultValue={first}
          maxLength={2 * NAME_MAX_CHARS}
          autoComplete={mode === 'guest' ? 'nickname' : 'username'}
          wrong={at('name')}
          onChange={() => {
            setName(nameField.current?.value ?? '')
            calm()
          }}
        />
        {isKept ? <p className="quiet small">You are signed in on this device, so you need no password.</p> : null}
        {mode === 'guest' ? null : (
          <AccountFields
            mode={mode}
            wrong={at('password')}
            onCalm={calm}
            onPasskey={keeps => join({ type: 'passkey', keeps })}
          />
        )}
        {locked && mode !== 'sign-in' && !isKept ? (
          <Field
            field={serverField}
            id="join-server-password"
            label={mode === 'guest' ? 'Password' : 'Password of the server'}
            type="password"
            maxLength={PASSWORD_MAX_CHARS}
            autoComplete="off"
            wrong={at('server-password')}
            onChange={calm}
          />
        ) : null}
        {mode === 'sign-in' ? null : (
          <Field
            field={roomField}
            id="join-room"
            label="Room"
            defaultValue={room}
            maxLength={2 * NAME_MAX_CHARS}
            autoComplete="off"
            wrong={at('room')}
            onChange={calm}
          />
        )}
        <button type="submit" className="primary" disabled={isBusy}>
          {SUBMITS[mode]}
        </button>
        <p className="unseen" role="status">
          {isBusy ? 'Asking the server…' : ''}
        </p>
        <Ways mode={mode} onTurn={turn} />
        {here.guests === false ? null : (
          <div className="invite">
            <p className="quiet small">To invite others, send them this link:</p>
            <ShareLink where={inRoom(roomOf(placeIn(room) ?? inRoom(LOBBY)) ?? LOBBY)} />
          </div>
        )}
      </form>
    </main>
  )
}

const SUBMITS = { guest: 'Join', 'sign-in': 'Sign in', create: 'Create the account' } as const
