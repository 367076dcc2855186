/** A person's card, at the head of their menu: the person, as far as one's own rooms show it. */
import { presenceOf, presenceSentence } from '../../../client/chat/people/presence.ts'
import { type Person, roomRole } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { HOST_NAME } from '../../../model/name/standing.ts'
import type { MemberView } from '../../../model/view.ts'
import { useCalendar } from '../messages/use-calendar.ts'
import { AccountMark } from './AccountMark.tsx'
import { Avatar } from './Avatar.tsx'
import { Name } from './Name.tsx'
import { RoleMark } from './RoleMark.tsx'

/** The most shared rooms that are named. */
const NAMED_MAX = 5

export function Card({ chat, person }: { readonly chat: Chat; readonly person: Person }) {
  const { name, id = '' } = person
  const times = useCalendar()
  const here = roomOf(chat.where)
  const role = roomRole(chat.view, here, id)
  const shared = sharedRooms(chat, person)
  const since = shared.find(({ room }) => room === here)?.member.since
  const presence = presenceOf(chat, name)
  return (
    <div className="card">
      <Avatar name={name} id={person.id} presence={name === HOST_NAME ? undefined : presence} />
      <div className="card-words">
        <p className="card-name">
          <Name name={name} />
          {person.account ? <AccountMark /> : null}
          {role === undefined ? null : <RoleMark role={role} />}
        </p>
        <p className="quiet small">{[kindOf(person), ...(role === undefined ? [] : [`${role} here`])].join(' · ')}</p>
        {name === HOST_NAME ? null : (
          <p className="small" dir="auto">
            {presenceSentence(presence)}
            {since === undefined ? '' : ` · in this room since ${whenOf(since)}`}
          </p>
        )}
        {shared.length === 0 ? null : <p className="quiet small">{roomsWords(shared.map(({ room }) => room))}</p>}
      </div>
    </div>
  )

  function whenOf(at: number): string {
    const isToday = times.dayOf(at) === times.dayOf(Date.now())
    return isToday ? times.timeOf(at) : times.dateOf(at)
  }
}

const kindOf = ({ name, account }: Person): string => {
  if (name === HOST_NAME) return 'who runs this server'
  return account ? 'account' : 'guest'
}

type Shared = { readonly room: string; readonly member: MemberView }

/** By id: somebody else may have the name by now. */
function sharedRooms({ view }: Chat, { name, id }: Person): readonly Shared[] {
  return [...view.rooms.values()].flatMap(({ room, members }) => {
    const member = members.get(name)
    return member && (id === undefined || member.id === id) ? [{ room, member }] : []
  })
}

function roomsWords(rooms: readonly string[]): string {
  const named = rooms.slice(0, NAMED_MAX).map(room => `#${room}`)
  const more = rooms.length - named.length
  return `with you in ${[...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')}`
}
