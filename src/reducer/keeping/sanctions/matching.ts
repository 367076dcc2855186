/**
 * Sanctions on networks: a server has matched the address of a connection, and its input says which sanctions it's
 * under.
 */
import type { Event, EventOf } from '../../../model/event.ts'
import type { Input, InputOf, MemberId, SessionId } from '../../../model/input.ts'
import { NETWORK_BANNED } from '../../../model/keeping/network-ban.ts'
import type { Sanction } from '../../../model/state/keeping.ts'
import type { State } from '../../../model/state.ts'
import { isInForce } from '../../format.ts'
import { type Exit, exitOf } from '../../rules/leaving.ts'
import { memberOf, roomsOf, sessionsOf } from '../../rules/lookup.ts'
import { sanctionText, throughText } from '../refusals.ts'
import { onlyAt, type Subject, sanctionOn, subjectOf } from './under.ts'

/** A session that is banned by now ends, or its member leaves the room. Others of its account stay. */
export function decideMatch(state: State, input: InputOf<'match'>): readonly Event[] {
  const session = state.sessions.get(input.session)
  const member = memberOf(state, input)
  if (!session || !member) return []
  const nets = input.nets.filter(id => state.sanctions.has(id))
  const matched: Event = { type: 'matched', session: session.id, nets }
  const subject = onlyAt(subjectOf(state, member.id), nets)
  const ban = sanctionOn(state, 'ban', null, subject)
  if (ban) {
    const ended = endOf(state, session.id, ban)
    return member.sessions.size > 1 ? [matched, ended] : [matched, ended, exitOf(member, exitBy(ban))]
  }
  return [matched, ...partsBanned(state, member.id, subject)]
}

/** It leaves the rooms in which its network is banned. */
export function partsBanned(state: State, id: MemberId, subject: Subject): readonly Event[] {
  const member = state.members.get(id)
  if (!member) return []
  return roomsOf(member).flatMap((room): readonly Event[] => {
    const ban = sanctionOn(state, 'ban', room, subject)
    if (!ban) return []
    // Nobody named it, so the exit has to say for how long and why.
    const reason = `${NETWORK_BANNED} ${sanctionText(state, ban)}`
    return [{ type: 'parted', room, name: member.name.text, reason, member: member.id, by: ban.by }]
  })
}

/** Members of `ids` that are banned by their network as it is now leave the server, or rooms of theirs. */
export const expelsMatched = (state: State, ids: readonly MemberId[]): readonly Event[] =>
  ids.flatMap((id): readonly Event[] => {
    const member = state.members.get(id)
    if (!member) return []
    const bans = sessionsOf(state, id).map(session => {
      const subject = onlyAt(subjectOf(state, id), state.sessions.get(session)?.nets ?? [])
      return { session, ban: sanctionOn(state, 'ban', null, subject) }
    })
    const ended = bans.flatMap(({ session, ban }) => (ban ? [endOf(state, session, ban)] : []))
    const [last] = bans
    return ended.length === bans.length && last?.ban
      ? [...ended, exitOf(member, exitBy(last.ban))]
      : [...ended, ...partsBanned(state, id, subjectOf(state, id))]
  })

/** The members with an address in a network that somebody has sanctioned. */
export const membersInNets = ({ sessions }: State): readonly MemberId[] =>
  [...new Set(sessions.toList().flatMap(({ member, nets }) => (nets ? [member] : [])))].sort()

const endOf = (state: State, session: SessionId, ban: Sanction): Event => ({
  type: 'ended',
  session,
  code: 'banned',
  detail: `${throughText(ban)}${sanctionText(state, ban)}`,
})

const exitBy = ({ by, reason }: Sanction): Exit => ({ cause: 'kicked', by, reason })

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

/** Such an input leads to one of these events, or the text beside it is not needed: an address, or a copy of a message. */
const OUTCOMES: Partial<Readonly<Record<Input['type'], Event['type']>>> = {
  'restrict-network': 'restricted',
  carry: 'carried',
  push: 'subscribed',
  'carry-push': 'push-carried',
  release: 'said',
  edit: 'editing',
  grow: 'grew',
  finish: 'finished',
}

/** An input that was refused, or repeated, leaves no text behind. */
export function withoutText(state: State, input: Input, events: readonly Event[]): readonly Event[] {
  const outcome = state.format < 7 || !isInForce(state, input) ? undefined : OUTCOMES[input.type]
  if (outcome === undefined || events.some(event => event.type === outcome)) return events
  return [...events, { type: 'unneeded', target: state.seq }]
}
