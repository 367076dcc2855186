/** The rooms and people one talks with, with what is unread there; who one is, and the way out. */
import { type FormEvent, useState } from 'react'
import type { Chat } from '../../client/chat-state.ts'
import { places } from '../../client/places.ts'
import { personOf, roomOf, type Where } from '../../client/where.ts'
import { hashOf } from '../place.ts'
import { Name } from './Name.tsx'
import { Notices } from './Notices.tsx'

type Props = {
  readonly chat: Chat
  readonly onGo: (where: Where) => void
  readonly onJoin: (room: string) => void
  readonly onLeave: () => void
  readonly onHelp: () => void
  readonly onClose: () => void
}

export function Places({ chat, onGo, onJoin, onLeave, onHelp, onClose }: Props) {
  const all = places(chat)
  const people = all.filter(where => personOf(where) !== null)
  return (
    <nav className="places" aria-label="Rooms and people">
      <div className="side-head">
        <span className="brand">
          <span className="prompt" aria-hidden="true">
            &gt;
          </span>
          rxchat
        </span>
        <button type="button" className="icon narrow-only" aria-label="Close the list of rooms" onClick={onClose}>
          ×
        </button>
      </div>
      <div className="side-scroll">
        <h2>Rooms</h2>
        <ul>
          {all
            .filter(where => roomOf(where) !== null)
            .map(where => (
              <Place key={where} chat={chat} where={where} onGo={onGo} />
            ))}
        </ul>
        <JoinRoom onJoin={onJoin} />
        {people.length === 0 ? null : (
          <>
            <h2>People</h2>
            <ul>
              {people.map(where => (
                <Place key={where} chat={chat} where={where} onGo={onGo} />
              ))}
            </ul>
          </>
        )}
      </div>
      <div className="side-foot">
        <Notices />
        <div className="me">
          <Name name={chat.view.name} />
          <span className="spring" />
          <button type="button" className="quiet-button" onClick={onHelp}>
            Help
          </button>
          <button type="button" className="quiet-button" onClick={onLeave}>
            Leave
          </button>
        </div>
      </div>
    </nav>
  )
}

function Place({ chat, where, onGo }: Pick<Props, 'chat' | 'onGo'> & { readonly where: Where }) {
  const { unread = 0, mentions = 0 } = chat.conversations.get(where) ?? {}
  const person = personOf(where)
  return (
    <li>
      <a
        href={hashOf(where)}
        className={unread > 0 ? 'place unread' : 'place'}
        aria-current={where === chat.where ? 'page' : undefined}
        onClick={event => {
          event.preventDefault()
          onGo(where)
        }}
      >
        <span className="sign" aria-hidden="true">
          {person === null ? '#' : '@'}
        </span>
        <bdi className="place-name">{person ?? roomOf(where)}</bdi>
        {unread > 0 ? (
          <>
            <span className={mentions > 0 ? 'count loud' : 'count'}>{unread > 999 ? '999+' : unread}</span>
            <span className="unseen">{mentions > 0 ? `unread, ${mentions} for you` : 'unread'}</span>
          </>
        ) : null}
      </a>
    </li>
  )
}

function JoinRoom({ onJoin }: Pick<Props, 'onJoin'>) {
  const [room, setRoom] = useState('')
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (room.trim() === '') return
    onJoin(room.trim())
    setRoom('')
  }
  return (
    <form className="join-room" onSubmit={submit}>
      <input
        aria-label="Go to a room"
        placeholder="Go to a room…"
        value={room}
        onChange={event => setRoom(event.target.value)}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        dir="auto"
      />
    </form>
  )
}
