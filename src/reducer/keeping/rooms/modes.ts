/** The modes of a room and of the server, and their rules for joining. */

import type { Event, EventOf } from '../../../model/event.ts'
import type { InputOf, MemberId } from '../../../model/input.ts'
import { roleFor } from '../../../model/keeping/acts.ts'
import { type Mode, rowOf } from '../../../model/keeping/modes.ts'
import { isAbove } from '../../../model/keeping/roles.ts'
import { INVITED_MAX, LIMIT_MAX, SANCTION_MAX_MS, SLOW_MAX_S } from '../../../model/limits.ts'
import type { Rules } from '../../../model/state/keeping.ts'
import type { State } from '../../../model/state.ts'
import { may, roleOf } from '../../may.ts'
import { targetId } from '../../rules/lookup.ts'
import { refuse } from '../../rules/refuse.ts'
import { acted, staffOf } from '../log.ts'
import { lockedFault } from '../messages/writing.ts'
import { rulesOf, withRules } from '../places.ts'
import { type Fault, fault, refuseRole, sanctionFault } from '../refusals.ts'
import { type Subject, sanctionOn } from '../sanctions/under.ts'

export function decideMode(state: State, input: InputOf<'mode'>): readonly Event[] {
  const { room, mode, value, key, ms } = input
  if (!may(state, input.session, 'mode', { room })) return refuseRole(state, input, 'mode', room)
  if (room !== null && !state.rooms.has(room)) return refuse(input, 'room-unknown', room)
  const row = rowOf(mode)
  if (room === null && !row.server) return refuse(input, 'mode-of-rooms', mode)
  if (value !== null && !isFit(mode, value, key)) return refuse(input, 'mode-value', mode)
  if (ms !== null && (mode !== 'lockdown' || ms <= 0 || ms > SANCTION_MAX_MS)) return refuse(input, 'too-long')
  const until = ms === null || value === null ? null : state.at + ms
  const set = value === null ? null : row.takes === 'nothing' || row.takes === 'secret' ? true : value
  const act = { act: 'mode', room, mode, set, until } as const
  const keyed: readonly Event[] =
    mode === 'key' && room !== null ? [{ type: 'keyed', room, key: value === null ? null : key }] : []
  return [...keyed, acted(state, input, act, room === null ? 'everyone' : 'room')]
}

function isFit(mode: Mode, value: true | number, key: string | null): boolean {
  const whole = (most: number): boolean =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most
  switch (rowOf(mode).takes) {
    case 'nothing':
      return value === true
    case 'secret':
      return value === true && key !== null
    case 'count':
      return whole(LIMIT_MAX)
    case 'seconds':
      return whole(SLOW_MAX_S)
  }
}

/** The lock-down is over. */
export const unlocks = (state: State, room: string | null): readonly Event[] => [
  acted(state, null, { act: 'mode', room, mode: 'lockdown', set: null }, room === null ? 'everyone' : 'room'),
]

/** Adds a member to those that may join in spite of the modes. */
export function decideAdmit(state: State, input: InputOf<'admit'>): readonly Event[] {
  const { room, who } = input
  if (!may(state, input.session, 'admit', { room })) return refuseRole(state, input, 'admit', room)
  if (!state.rooms.has(room)) return refuse(input, 'room-unknown', room)
  const id = targetId(state, who)
  const name = (state.accounts.get(id ?? '') ?? state.members.get(id ?? ''))?.name.text
  if (id === undefined || name === undefined) return refuse(input, 'member-unknown', who.text)
  const { invited } = rulesOf(state, room)
  if (invited.has(id)) return []
  if (invited.size >= INVITED_MAX && comingBack(state, invited).size >= INVITED_MAX) {
    return refuse(input, 'roles-full', `${INVITED_MAX}`)
  }
  const sessions = [...(state.members.get(id)?.sessions ?? [])]
  const to = [...new Set([...staffOf(state, room), ...sessions])].sort()
  return [
    { type: 'admitted', room, member: id },
    acted(state, input, { act: 'invite', room, who: name, whoId: id }, to),
  ]
}

export function evolveModes(state: State, event: EventOf<'keyed' | 'admitted'>): State {
  const rules = rulesOf(state, event.room)
  return event.type === 'keyed'
    ? withRules(state, event.room, { ...rules, key: event.key })
    : withRules(state, event.room, { ...rules, invited: invitedWith(state, rules.invited, event.member) })
}

/** Somebody that doesn't come back makes room when there are too many. */
const invitedWith = (state: State, invited: Rules['invited'], id: MemberId): Rules['invited'] =>
  (invited.size < INVITED_MAX ? invited : comingBack(state, invited)).add(id)

const comingBack = ({ accounts, members, reads }: State, invited: Rules['invited']): Rules['invited'] =>
  invited.filter(id => accounts.has(id) || members.has(id) || reads.has(id))

/** How somebody wants to join. */
export type Joining = {
  readonly subject: Subject
  readonly account: boolean
  /** The hash of the key that was given. */
  readonly key?: string | undefined
  /** It comes with an invite for this room. */
  readonly invited?: boolean
}

/** Null: nothing keeps it from joining the room. */
export function joiningFault(state: State, room: string, joining: Joining): Fault | null {
  if (state.format < 7) return null
  const unfit = bannedIn(state, room, joining.subject) ?? renamedFault(state, room, joining.subject)
  if (unfit) return unfit
  const view = state.rooms.get(room)
  const { id } = joining.subject
  if (!view || isFree(state, room, id)) return null
  const { modes } = view
  const rules = rulesOf(state, room)
  // A raid may have come by a link that was passed on.
  if (modes.lockdown && !hasVoice(state, room, id)) return lockedFault(state, room)
  if (joining.invited || (id !== null && rules.invited.has(id))) return null
  if (modes['registered-only'] && !joining.account) return fault('account-only', room)
  if (modes['invite-only']) return fault('invite-only', room)
  if (modes.key !== undefined && joining.key !== rules.key)
    return fault(joining.key === undefined ? 'key-needed' : 'key-wrong', room)
  if (modes.limit !== undefined && view.members.size >= Number(modes.limit))
    return fault('room-full', `${room} has ${modes.limit} members`)
  return null
}

/** A muted member can't come with a name that it took outside: the room would read it. */
function renamedFault(state: State, room: string, subject: Subject): Fault | null {
  if (state.sanctions.size === 0) return null
  const mute = sanctionOn(state, 'mute', room, subject)
  const isOther = mute !== null && mute.keys.length > 0 && !mute.keys.some(key => subject.keys.includes(key))
  return isOther ? sanctionFault(state, 'muted', mute) : null
}

/** Only bans: for a member that returns to a room which it was in. */
export function bannedIn(state: State, room: string | null, subject: Subject): Fault | null {
  if (state.format < 7 || state.sanctions.size === 0) return null
  const ban = sanctionOn(state, 'ban', room, subject)
  return ban && sanctionFault(state, ban.room === null ? 'banned' : 'banned-here', ban)
}

const isFree = (state: State, room: string, id: MemberId | null): boolean =>
  id !== null && !isAbove(roleFor('join-any', room), roleOf(state, id, room))

const hasVoice = (state: State, room: string, id: MemberId | null): boolean =>
  id !== null && !isAbove(roleFor('join-locked', room), roleOf(state, id, room))
