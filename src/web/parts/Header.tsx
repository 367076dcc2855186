/** The header: the current place, its topic, and the search. */
import { presenceOf, presenceSentence } from '../../client/chat/people/presence.ts'
import { mayDo } from '../../client/chat/people/roles.ts'
import { personOf, roomOf } from '../../client/chat/place.ts'
import type { Chat } from '../../client/chat/state.ts'
import { type Mode, type Modes, modeText } from '../../model/keeping/modes.ts'
import type { RoomView } from '../../model/view.ts'
import { hasAccount } from '../text/accounts.ts'
import { AccountButton } from './controls/AccountButton.tsx'
import { Icon } from './controls/Icon.tsx'
import { AccountMark } from './person/AccountMark.tsx'
import { Avatar } from './person/Avatar.tsx'
import { SearchForm } from './SearchForm.tsx'

type Props = {
  readonly chat: Chat
  readonly room: RoomView | null
  readonly searches: boolean
  readonly onSearch: (words: string) => void
  readonly onOpenSearch: () => void
  readonly onCloseSearch: () => void
  readonly onAccount: () => void
  /** Opens the settings of the room. */
  readonly onRoom: () => void
  readonly onModeration: () => void
  readonly onPins: () => void
  readonly onSide: (side: 'places' | 'members') => void
}

export function Header({
  chat,
  room,
  searches,
  onSearch,
  onOpenSearch,
  onCloseSearch,
  onAccount,
  onRoom,
  onModeration,
  onPins,
  onSide,
}: Props) {
  const person = personOf(chat.where)
  const presence = person === null ? null : presenceOf(chat, person)
  const waits = presence?.is === 'gone' && person !== null && hasAccount(chat, person)
  const { unread, mentions } = elsewhere(chat)
  return (
    <header className="head">
      <button
        type="button"
        className="icon narrow-only"
        aria-label={unread > 0 ? `Rooms, ${unread} unread` : 'Rooms'}
        onClick={() => onSide('places')}
      >
        <Icon name="rooms" />
        {unread > 0 ? <span className={mentions > 0 ? 'dot loud' : 'dot'} aria-hidden="true" /> : null}
      </button>
      <div className="head-where">
        <h1>
          {presence === null ? (
            <RoomName room={roomOf(chat.where) ?? ''} isIn={room !== null} onClick={onRoom} />
          ) : (
            <>
              <Avatar name={person ?? ''} presence={presence} />
              <bdi>{person}</bdi>
            </>
          )}
          {person !== null && hasAccount(chat, person) ? <AccountMark /> : null}
        </h1>
        {room && modesOn(room.modes) !== '' ? (
          <p className="modes-on" title={modesOn(room.modes)}>
            <span className="unseen">Rules of this room: </span>
            {modesOn(room.modes)}
          </p>
        ) : null}
      </div>
      <p className="topic" dir="auto" title={room?.topic?.text}>
        {presence === null ? (room?.topic?.text ?? '') : presenceSentence(presence)}
        {waits ? '; messages wait' : ''}
      </p>
      {searches ? (
        <SearchForm onSearch={onSearch} onClose={onCloseSearch} />
      ) : (
        <button type="button" className="icon" aria-label="Search" title="Search (Ctrl-K)" onClick={onOpenSearch}>
          <Icon name="search" />
        </button>
      )}
      {room?.pins ? (
        <button
          type="button"
          className="icon pins"
          aria-label={`Pinned messages, ${room.pins.length}`}
          title="Pinned messages"
          onClick={onPins}
        >
          <Icon name="pin" />
          {room.pins.length}
        </button>
      ) : null}
      {room && mayDo(chat.view, 'log', room.room) ? (
        <button
          type="button"
          className="icon wide-only"
          aria-label="Keep order"
          title="Bans, filters and the log"
          onClick={onModeration}
        >
          <Icon name="shield" />
        </button>
      ) : null}
      <AccountButton isAccount={chat.view.account} onClick={onAccount} />
      {room ? (
        <button
          type="button"
          className="icon members-toggle"
          aria-label={`Members, ${room.members.size} here`}
          onClick={() => onSide('members')}
        >
          <Icon name="people" />
          {room.members.size}
          <span className="wide-only"> here</span>
        </button>
      ) : null}
    </header>
  )
}

type RoomNameProps = { readonly room: string; readonly isIn: boolean; readonly onClick: () => void }

/** It opens the settings of a room that one is in. */
function RoomName({ room, isIn, onClick }: RoomNameProps) {
  const name = (
    <>
      <span className="sign" aria-hidden="true">
        #
      </span>
      <bdi>{room}</bdi>
    </>
  )
  if (!isIn) return name
  return (
    <button type="button" className="room-name" aria-haspopup="dialog" title="Settings of this room" onClick={onClick}>
      {name}
    </button>
  )
}

/** `moderated · slow 10 s`. */
const modesOn = (modes: Modes): string =>
  Object.entries(modes)
    .map(([mode, value]) => modeText(mode as Mode, value))
    .join(' · ')

function elsewhere({ conversations, where }: Chat): { readonly unread: number; readonly mentions: number } {
  return conversations.reduce(
    (sum, at) => (at.where === where ? sum : { unread: sum.unread + at.unread, mentions: sum.mentions + at.mentions }),
    { unread: 0, mentions: 0 },
  )
}
