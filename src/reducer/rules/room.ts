/** What happens in a room: joining, parting, topics and messages. */
import type { Event } from '../../model/event.ts'
import type { InputOf } from '../../model/input.ts'
import { ROOMS_MAX, ROOMS_PER_MEMBER } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import { may } from '../may.ts'
import { joins } from './founding.ts'
import { accountMark, authorIdOf, authorOf, memberOf } from './lookup.ts'
import { refuse } from './refuse.ts'

export function decideJoin(state: State, input: InputOf<'join'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  if (member.rooms.has(input.room)) return []
  if (member.rooms.size >= ROOMS_PER_MEMBER) return refuse(input, 'too-many-rooms', `${member.rooms.size}`)
  if (!state.rooms.has(input.room) && state.rooms.size >= ROOMS_MAX) return refuse(input, 'rooms-full', `${ROOMS_MAX}`)
  return joins(state, { id: member.id, name: member.name.text, away: member.away }, [input.room])
}

export function decidePart(state: State, input: InputOf<'part'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member?.rooms.has(input.room)) return refuse(input, 'not-in-room', input.room)
  return [{ type: 'parted', room: input.room, name: member.name.text, reason: input.reason, member: member.id }]
}

export function decideTopic(state: State, input: InputOf<'topic'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!state.rooms.has(input.room)) return refuse(input, 'room-unknown', input.room)
  if (!may(state, input.session, 'topic', input)) return refuse(input, 'not-in-room', input.room)
  return [{ type: 'topic', room: input.room, topic: input.topic, by: authorOf(member) }]
}

/** The host is in no room, but may speak in every room. Its messages in the lobby reach everyone. */
export function decideSay(state: State, input: InputOf<'say'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!state.rooms.has(input.room)) return refuse(input, 'room-unknown', input.room)
  if (!may(state, input.session, 'write', input)) return refuse(input, 'not-in-room', input.room)
  return [
    {
      type: 'said',
      room: input.room,
      from: authorOf(member),
      action: input.action,
      everyone: may(state, input.session, 'reach-everyone', input),
      author: authorIdOf(member),
      ...(member ? accountMark(state, member.id) : {}),
      ...mentionsOf(input),
    },
  ]
}

/** Ingress has resolved the names in the text. */
export const mentionsOf = ({ mentions }: Pick<InputOf<'say'>, 'mentions'>): Pick<InputOf<'say'>, 'mentions'> =>
  mentions && mentions.length > 0 ? { mentions } : {}
