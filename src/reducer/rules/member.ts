/** What a member does apart from any one room: rename, be away, send a direct message, delete, quit, be kicked. */
import type { Event } from '../../model/event.ts'
import type { InputOf, SessionId, Target } from '../../model/input.ts'
import { HOST_NAME } from '../../model/name/standing.ts'
import type { Member, State } from '../../model/state.ts'
import { may } from '../may.ts'
import { exit } from './leaving.ts'
import { authorIdOf, authorOf, holderOf, memberOf, roomsOf } from './lookup.ts'
import { refuse, refuseTaken } from './refuse.ts'

export function decideNick(state: State, input: InputOf<'nick'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  const from = member.name.text
  if (from === input.name.text) return []
  const holder = holderOf(state, input.name, member.id)
  if (holder) return refuseTaken(state, input, input.name, holder)
  return [
    {
      type: 'renamed',
      from,
      to: input.name.text,
      member: member.id,
      name: input.name,
      rooms: roomsOf(member),
    },
  ]
}

export function decideAway(state: State, input: InputOf<'away'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  if (member.away === input.note) return []
  return [{ type: 'away', name: member.name.text, note: input.note, member: member.id, rooms: roomsOf(member) }]
}

export function decideTell(state: State, input: InputOf<'tell'>): readonly Event[] {
  const member = memberOf(state, input)
  const to = find(state, input.to)
  if (!to) return refuse(input, 'member-unknown', input.to.text)
  const sessions = [...(member?.sessions ?? []), ...to.sessions]
  return [
    {
      type: 'told',
      from: authorOf(member),
      to: to.name.text,
      action: input.action,
      sessions: [...new Set(sessions)].sort(),
      author: authorIdOf(member),
      other: to.id,
    },
  ]
}

/** Ingress, which can read the history, has checked who may delete. To delete a message twice is harmless. */
export function decideDelete(state: State, input: InputOf<'delete'>): readonly Event[] {
  const { room, target, members, everyone } = input
  const sessions = members.flatMap(id => state.members.get(id)?.sessions.toArray() ?? [])
  const by = authorOf(memberOf(state, input))
  return [{ type: 'deleted', room, target, by, sessions: [...new Set(sessions)].sort(), everyone }]
}

export function decideKick(state: State, input: InputOf<'kick'>): readonly Event[] {
  if (!may(state, input.session, 'kick')) return refuse(input, 'host-only')
  const member = find(state, input.who)
  if (!member) return expel(state, input)
  const detail = input.reason === null ? HOST_NAME : `${HOST_NAME}: ${input.reason}`
  return exit(member, { cause: 'kicked', by: HOST_NAME, reason: input.reason }, 'kicked', detail)
}

/** Nobody sees a lapsed session, but it could return by its token. */
function expel(state: State, input: InputOf<'kick'>): readonly Event[] {
  const { key, text } = input.who
  const sessions = state.format < 2 ? [] : lapsedAs(state, key)
  if (sessions.length === 0) return refuse(input, 'member-unknown', text)
  return sessions.map((session): Event => ({ type: 'ended', session, code: 'kicked', detail: HOST_NAME }))
}

const lapsedAs = ({ lapsed }: State, key: string): readonly SessionId[] =>
  [...lapsed.values()].filter(({ name }) => name.keys.includes(key)).map(({ session }) => session.id)

export function decideQuit(state: State, input: InputOf<'quit'>): readonly Event[] {
  const member = memberOf(state, input)
  if (!member) return refuse(input, 'not-entered')
  return exit(member, { cause: 'quit', by: null, reason: input.reason }, 'bye', '')
}

const find = (state: State, target: Target): Member | undefined => {
  const id = state.names.get(target.key)
  return id === undefined ? undefined : state.members.get(id)
}
