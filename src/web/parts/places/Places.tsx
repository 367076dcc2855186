/** The rooms and people with their unread messages; one's own name, and the button to leave. */

import { presenceOf, presenceSentence } from '../../../client/chat/people/presence.ts'
import { personOf, roomOf, type Where } from '../../../client/chat/place.ts'
import { places } from '../../../client/chat/place-list.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { hashOf } from '../../browser/place.ts'
import { hasAccount } from '../../text/accounts.ts'
import { AccountMark } from '../controls/AccountMark.tsx'
import { Name } from '../controls/Name.tsx'
import { SureButton } from '../controls/SureButton.tsx'
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
  readonly onClose: () => void
}

export function Places({ chat, onGo, onAskRooms, onRooms, onLeave, onHelp, onAccount, onClose }: Props) {
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
            title={chat.view.account ? 'Your account' : 'Keep this name'}
            onClick={onAccount}
          >
            <Name name={chat.view.name} />
            {chat.view.account ? <AccountMark /> : null}
          </button>
          <div className="me-acts">
            <button type="button" className="quiet-button" onClick={onHelp}>
              Help
            </button>
            <SureButton label="Leave" question="Leave the chat?" className="quiet-button" onSure={onLeave} />
          </div>
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
          <span className="presence" data-is={presence.is} title={presenceSentence(presence)} aria-hidden="true" />
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
