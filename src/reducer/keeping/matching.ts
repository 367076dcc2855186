/** The addresses of connections, as sanctions on networks see them: a server has matched one, and says what it is in. */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf, MemberId } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import { exitOf } from '../rules/leaving.ts'
import { memberOf, roomsOf } from '../rules/lookup.ts'
import { type Subject, sanctionOn, subjectOf } from './under.ts'

/** A session that is banned by now ends, or its member leaves the room. Others of its account stay. */
export function decideMatch(state: State, input: InputOf<'match'>): readonly Event[] {
  const session = state.sessions.get(input.session)
  const member = memberOf(state, input)
  if (!session || !member) return []
  const nets = input.nets.filter(id => state.sanctions.has(id))
  const matched: Event = { type: 'matched', session: session.id, nets }
  const subject = { ...subjectOf(state, member.id), nets }
  const ban = sanctionOn(state, 'ban', null, subject)
  if (ban) {
    const detail = ban.reason === null ? ban.by : `${ban.by}: ${ban.reason}`
    const ended: Event = { type: 'ended', session: session.id, code: 'banned', detail }
    const how = { cause: 'kicked', by: ban.by, reason: ban.reason } as const
    return member.sessions.size > 1 ? [matched, ended] : [matched, ended, exitOf(member, how)]
  }
  return [matched, ...partsBanned(state, member.id, subject)]
}

/** It leaves the rooms where its network is banned. */
export function partsBanned(state: State, id: MemberId, subject: Subject): readonly Event[] {
  const member = state.members.get(id)
  if (!member) return []
  return roomsOf(member).flatMap((room): readonly Event[] => {
    const ban = sanctionOn(state, 'ban', room, subject)
    if (!ban) return []
    return [{ type: 'parted', room, name: member.name.text, reason: ban.reason, member: member.id, by: ban.by }]
  })
}

export function evolveMatched(state: State, { session: id, nets }: EventOf<'matched'>): State {
  const session = state.sessions.get(id)
  if (!session) return state
  const { nets: _, ...rest } = session
  return { ...state, sessions: state.sessions.set(id, nets.length === 0 ? rest : { ...rest, nets }) }
}

/** Older inputs are about to be forgotten, and the network with them. */
export const decideCarry = (state: State, { sanction }: InputOf<'carry'>): readonly Event[] =>
  state.sanctions.get(sanction)?.text == null ? [] : [{ type: 'carried', id: sanction }]

/** Texts that nobody needs any more are erased. */
export function decideSpent(state: State, input: InputOf<'spent'>): readonly Event[] {
  const targets = input.targets.filter(target => state.obsolete.has(target))
  return targets.length === 0 ? [] : [{ type: 'spent', targets }]
}
