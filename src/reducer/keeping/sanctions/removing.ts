/** Somebody is removed, from a room or from the server. */

import type { CloseCode } from '../../../model/closing.ts'
import type { Event } from '../../../model/event.ts'
import type { Input, SessionId } from '../../../model/input.ts'
import { HOST_NAME } from '../../../model/name/standing.ts'
import type { Member, State } from '../../../model/state.ts'
import { type Exit, exit } from '../../rules/leaving.ts'
import { holderOfKey, keeperOf, lapsedOf } from '../../rules/lookup.ts'
import { restrictionText } from '../refusals.ts'
import type { Subject } from './under.ts'

type Reasoned = Input & { readonly reason: string | null }

/** `ms`: how long the ban lasts; null: for good. */
type Banning = Reasoned & { readonly ms: number | null }

/** The members that are here under this id or one of these names, except tokens, which nobody sees. */
function membersOf(state: State, { id, keys }: Subject): readonly Member[] {
  const ids = new Set([id, ...keys.map(key => holderOfKey(state, key)?.id)])
  return [...ids].flatMap(one => state.members.get(one ?? '') ?? [])
}

/** Banned members leave: the room, or the server with all their sessions, lapsed ones too. */
export function expels(state: State, input: Banning, subject: Subject, room: string | null): readonly Event[] {
  const members = membersOf(state, subject)
  if (room !== null) return members.flatMap(member => removes(state, input, member, room))
  const lapsed = new Set([...lapsedOf(state, subject.id ?? ''), ...lapsedAs(state, subject.keys)])
  const by = keeperOf(state, input).name
  const { reason, ms } = input
  const detail = restrictionText({ by, reason, until: ms === null ? null : state.at + ms }, state.at)
  const ended = [...lapsed].map(session => endsLapsed(session, 'banned', detail))
  return [...ended, ...members.flatMap(member => exit(member, { cause: 'kicked', by, reason }, 'banned', detail))]
}

/** Nothing, if the member isn't in the room. */
export const removes = (state: State, input: Reasoned, member: Member, room: string): readonly Event[] =>
  member.rooms.has(room)
    ? [
        {
          type: 'parted',
          room,
          name: member.name.text,
          reason: input.reason,
          member: member.id,
          by: keeperOf(state, input).name,
        },
      ]
    : []

export function throwsOut(member: Member, by: string, reason: string | null, code: CloseCode): readonly Event[] {
  const how: Exit = { cause: 'kicked', by, reason }
  return exit(member, how, code, reason === null ? by : `${by}: ${reason}`)
}

export const endsLapsed = (session: SessionId, code: CloseCode, detail = HOST_NAME): Event => ({
  type: 'ended',
  session,
  code,
  detail,
})

/** The lapsed sessions under a name with one of these keys. */
export const lapsedAs = ({ lapsed }: State, keys: readonly string[]): readonly SessionId[] =>
  [...lapsed.values()].filter(({ name }) => name.keys.some(key => keys.includes(key))).map(({ session }) => session.id)
