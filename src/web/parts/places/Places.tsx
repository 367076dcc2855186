/** The rooms and people with their unread messages; one's own name, and the button to leave. */

import { presenceOf, presenceSentence } from '../../../client/chat/people/presence.ts'
import { personOf, roomOf, type Where } from '../../../client/chat/place.ts'
import { places } from '../../../client/chat/place-list.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { hashOf } from '../../browser/place.ts'
import { hasAccount } from '../../text/accounts.ts'
import { Icon } from '../controls/Icon.tsx'
import { Mark } from '../controls/Mark.tsx'
import { SureButton } from '../controls/SureButton.tsx'
import { AccountMark } from '../person/AccountMark.tsx'
import { Avatar } from '../person/Avatar.tsx'
import { Name } from '../person/Name.tsx'
import { GoToRoom } from './GoToRoom.tsx'
import { Notices } from './Notices.tsx'

type Props = {
  readonly chat: Chat
  readonly onGo: (where: Where) => void
  readonly onAskRooms: () => void
  readonly onRooms: () => void
  readonly onLeave: () => void
  readonly onHelp: () => void
  readonly onAccount: () => void
  readonly onSettings: () => void
  readonly onClose: () => void
}

export function Places(props: Props) {
  const { chat, onGo, onAskRooms, onRooms, onLeave, onHelp, onAccount, onSettings, onClose } = props
  const { name, account } = chat.view
  const all = places(chat)
  const people = all.filter(where => personOf(where) !== null)
  return (
    <nav className="places" aria-label="Rooms and people">
      <div className="side-head">
        <span className="brand">
          <Mark />
          <bdi className="brand-host">{location.host}</bdi>
        </span>
        <button type="button" className="icon" aria-label="Help" title="Help" onClick={onHelp}>
          <Icon name="help" />
        </button>
        <button type="button" className="icon narrow-only" aria-label="Close the list of rooms" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className="side-scroll">
        <div className="side-title">
          <h2>Rooms</h2>
          <button type="button" className="quiet-button" onClick={onRooms}>
            All rooms
          </button>
        </div>
        <ul>
          {all
            .filter(where => roomOf(where) !== null)
            .map(where => (
              <Place key={where} chat={chat} where={where} onGo={onGo} />
            ))}
        </ul>
        <GoToRoom chat={chat} onGo={onGo} onAsk={onAskRooms} />
        {people.length === 0 ? null : (
          <>
            <div className="side-title">
              <h2>People</h2>
            </div>
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
          <button
            type="button"
            className="my-name"
            title={account ? 'Your account' : 'Keep this name'}
            onClick={onAccount}
          >
            <Avatar name={name} presence={presenceOf(chat, name)} />
            <span className="me-words">
              <Name name={name} />
              <span className="quiet small">{account ? 'account' : 'guest'}</span>
            </span>
          </button>
          <button type="button" className="icon" aria-label="Settings" title="Settings" onClick={onSettings}>
            <Icon name="settings" />
          </button>
          <SureButton label="Leave" icon="leave" question="Leave the chat?" className="icon" onSure={onLeave} />
        </div>
      </div>
    </nav>
  )
}

function Place({ chat, where, onGo }: Pick<Props, 'chat' | 'onGo'> & { readonly where: Where }) {
  const { unread = 0, mentions = 0 } = chat.conversations.get(where) ?? {}
  const person = personOf(where)
  const presence = person === null ? null : presenceOf(chat, person)
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
        {presence === null ? (
          <span className="sign" aria-hidden="true">
            #
          </span>
        ) : (
          <Avatar name={person ?? ''} presence={presence} />
        )}
        <bdi className="place-name">{person ?? roomOf(where)}</bdi>
        {person !== null && hasAccount(chat, person) ? <AccountMark /> : null}
        {presence?.is === 'away' ? <span className="quiet place-note">{presenceSentence(presence)}</span> : null}
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
