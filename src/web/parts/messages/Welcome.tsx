/** The place, its members, and the first steps: for a place without messages, and for a first visit. */

import { presenceOf, presenceSentence } from '../../../client/chat/people/presence.ts'
import { personOf, roomOf, type Where, withPerson } from '../../../client/chat/place.ts'
import { listed } from '../../../client/chat/sentences.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { hasAccount } from '../../text/accounts.ts'
import { Icon } from '../controls/Icon.tsx'
import { ShareLink } from '../controls/ShareLink.tsx'
import { Avatar } from '../person/Avatar.tsx'

/** For a place without messages. */
export function Empty({ chat, where }: { readonly chat: Chat; readonly where: Where }) {
  const person = personOf(where)
  return (
    <section className="empty" aria-label="About this place">
      {person === null ? <EmptyRoom chat={chat} where={where} /> : <EmptyConversation chat={chat} person={person} />}
    </section>
  )
}

function EmptyRoom({ chat, where }: { readonly chat: Chat; readonly where: Where }) {
  const room = chat.view.rooms.get(roomOf(where) ?? '')
  const others = othersIn(chat, where)
  return (
    <>
      <span className="empty-sign" aria-hidden="true">
        #
      </span>
      <p className="empty-where" dir="auto">
        {where}
      </p>
      {room?.topic ? <p dir="auto">{room.topic.text}</p> : null}
      <p>
        There are no messages here yet. <br />
        {company(others)}
      </p>
      {others.length > 0 ? (
        <p className="faces">
          {others.slice(0, NAMES_MAX).map(name => (
            <Avatar key={name} name={name} />
          ))}
        </p>
      ) : null}
      <p className="quiet">Write the first message below, or send this link to invite others.</p>
      <ShareLink where={where} />
    </>
  )
}

function EmptyConversation({ chat, person }: { readonly chat: Chat; readonly person: string }) {
  return (
    <>
      <Avatar name={person} />
      <p className="empty-where" dir="auto">
        {withPerson(person)}
      </p>
      <p>Only you and {person} can read these messages.</p>
      <p className="quiet">
        {`${person} is ${presenceSentence(presenceOf(chat, person))}.`}
        {waits(chat, person) ? ' Messages to an account wait until it is here.' : ''}
      </p>
    </>
  )
}

const waits = (chat: Chat, person: string): boolean =>
  presenceOf(chat, person).is === 'gone' && hasAccount(chat, person)

/** For a first visit to this server, above the composer. */
export function Welcome({ chat, onClose }: { readonly chat: Chat; readonly onClose: () => void }) {
  const { where } = chat
  return (
    <aside className="welcome" aria-label="Welcome">
      <button type="button" className="icon" aria-label="Close the welcome" onClick={onClose}>
        <Icon name="close" />
      </button>
      <p>
        <strong>Welcome, {chat.view.name}.</strong> This is <bdi>{where}</bdi>, a room of the chat at {location.host}.{' '}
        {company(othersIn(chat, where))}
      </p>
      <p className="quiet">
        Write below. <kbd>/</kbd> lists the commands. To invite others, send them this link:
      </p>
      <ShareLink where={where} />
    </aside>
  )
}

const NAMES_MAX = 8

function othersIn(chat: Chat, where: Where): readonly string[] {
  const members = chat.view.rooms.get(roomOf(where) ?? '')?.members
  return [...(members?.keys() ?? [])].filter(name => name !== chat.view.name).sort()
}

function company(others: readonly string[]): string {
  if (others.length === 0) return 'You are the only one here.'
  const names = others.length > NAMES_MAX ? `${others.length} others` : listed(others, NAMES_MAX)
  return `${names} ${others.length === 1 ? 'is' : 'are'} here with you.`
}
