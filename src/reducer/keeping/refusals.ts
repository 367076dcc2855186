/**
 * Refusals of moderation: each names the role that is needed and its holders, or gives the end of a sanction and its
 * reason.
 */

import { leftText } from '../../model/duration.ts'
import type { ErrorCode } from '../../model/error.ts'
import type { Event } from '../../model/event.ts'
import type { Input, MemberId, SessionId } from '../../model/input.ts'
import { type ActName, conditionOf, roleFor } from '../../model/keeping/acts.ts'
import { isAbove, type Role, withArticle } from '../../model/keeping/roles.ts'
import { KEEPERS_NAMED } from '../../model/limits.ts'
import { HOST_NAME } from '../../model/name/standing.ts'
import type { Sanction } from '../../model/state/keeping.ts'
import type { State } from '../../model/state.ts'
import { may, roleOf, seesRoom } from '../may.ts'
import { targetId } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'
import { endOf } from './ends.ts'
import { sanctionKey } from './places.ts'

/** Why something is refused. `until`: when it may succeed, milliseconds since the epoch. */
export type Fault = { readonly code: ErrorCode; readonly detail: string; readonly until?: number }

export const fault = (code: ErrorCode, detail = '', until?: number): Fault => ({
  code,
  detail,
  ...(until === undefined ? {} : { until }),
})

export function refuseFor(input: Input, { code, detail, until }: Fault): readonly Event[] {
  const { session, n } = input
  return [{ type: 'rejected', session, n, code, detail, ...(until === undefined ? {} : { until }) }]
}

/** The actor has too low a role for this, or not a higher one than `who`. Outsiders learn nothing of a secret room. */
export function refuseRole(state: State, input: Input, act: ActName, room: string | null): readonly Event[] {
  const grant = state.grants.get(input.session)
  if (grant && conditionOf(act, 'token') !== 'never' && !may(state, input.session, act, { room })) {
    return refuse(input, 'not-granted', `keep order ${room === null ? 'on the whole server' : `in ${room}`}`)
  }
  if (room !== null && !seesRoom(state, input.session, room)) return refuse(input, 'room-unknown', room)
  const target = 'who' in input && input.who ? targetId(state, input.who) : undefined
  const role = target === undefined ? null : roleOf(state, target, room)
  const isAble = may(state, input.session, act, { room })
  if (isAble && role !== null && role !== 'member' && role !== 'guest' && 'who' in input && input.who) {
    return refuse(input, 'outranked', `${input.who.text} is ${withArticle(role)}`)
  }
  return refuseFor(input, roleFault(state, act, room))
}

/** A member asks for the log, which only keepers see. */
export function logFault(state: State, session: SessionId, room: string | null): Fault {
  return state.grants.has(session)
    ? fault('not-granted', `see the log ${room === null ? 'of the whole server' : `of ${room}`}`)
    : roleFault(state, 'log', room)
}

/** Names the role that may do this, and its holders. */
export function roleFault(state: State, act: ActName, room: string | null): Fault {
  const needed = roleFor(act, room)
  if (needed === 'host') return fault('role-needed', 'the host: ask whoever runs the server')
  const place = room === null ? '' : ` of #${room}`
  const names = holdersOf(state, needed, room)
  const whom = names.length === 0 ? 'the host' : `${names.join(', ')} or the host`
  return fault('role-needed', `${withArticle(needed)}${place} or above: ask ${whom}`)
}

/** The names of some who have this role or a higher one. */
function holdersOf(state: State, needed: Role, room: string | null): readonly string[] {
  const view = room === null ? undefined : state.rooms.get(room)
  const inRoom = [...(view?.roles ?? [])].filter(([, role]) => !isAbove(needed, role)).map(([id]) => id)
  const ids = [...inRoom.sort(), ...[...state.administrators].sort()]
  return [...new Set(ids.flatMap(id => knownName(state, id) ?? []))].slice(0, KEEPERS_NAMED)
}

export const knownName = ({ accounts, members, grants }: State, id: MemberId): string | undefined =>
  id === 'host' ? HOST_NAME : (accounts.get(id) ?? members.get(id) ?? grants.get(id))?.name.text

/** `for 9 min more, by Carol: flooding`, or `for good, by the host`. */
export const sanctionText = (state: State, { id, by, reason }: Sanction): string =>
  restrictionText({ by, reason, until: endOf(state, sanctionKey(id)) }, state.at, ' more')

type Restriction = { readonly by: string; readonly reason: string | null; readonly until: number | null }

/** The same of one that begins: `for 9 min, by Carol: flooding`. */
export function restrictionText({ by, reason, until }: Restriction, at: number, more = ''): string {
  const left = until === null ? 'for good' : `for ${leftText(until - at)}${more}`
  return `${left}, by ${by === HOST_NAME ? 'the host' : by}${reason === null ? '' : `: ${reason}`}`
}

/** On a network, somebody else behind the same address may be meant. */
export const throughText = ({ text }: Sanction): string => (text === null ? '' : 'with your network ')

export function sanctionFault(state: State, code: ErrorCode, sanction: Sanction): Fault {
  const place = sanction.room === null ? '' : `in #${sanction.room} `
  const until = endOf(state, sanctionKey(sanction.id)) ?? undefined
  return fault(code, `${throughText(sanction)}${place}${sanctionText(state, sanction)}`, until)
}
