/** Roles are given and taken: in a room by its founder and its operators, on the server by the host. */
import type { Event, EventOf } from '../../../model/event.ts'
import type { InputOf, MemberId } from '../../../model/input.ts'
import { isAbove } from '../../../model/keeping/roles.ts'
import { ADMINISTRATORS_MAX, ROLES_MAX } from '../../../model/limits.ts'
import type { ActKind } from '../../../model/state/keeping.ts'
import type { State } from '../../../model/state.ts'
import type { RoomView } from '../../../model/view.ts'
import { may } from '../../may.ts'
import { memberOf, sessionsOf, targetId } from '../../rules/lookup.ts'
import { refuse } from '../../rules/refuse.ts'
import { acted, evolveModerated, staffOf } from '../log.ts'
import { refuseRole } from '../refusals.ts'
import { expelsMatched } from '../sanctions/matching.ts'
import { sanctionOn, subjectOf } from '../sanctions/under.ts'

const ACTS: Readonly<Record<InputOf<'role'>['role'], readonly [on: ActKind, off: ActKind]>> = {
  administrator: ['admin', 'unadmin'],
  operator: ['op', 'deop'],
  voice: ['voice', 'devoice'],
}

export function decideRole(state: State, input: InputOf<'role'>): readonly Event[] {
  const { role, who, off } = input
  const room = role === 'administrator' ? null : input.room
  const id = targetId(state, who)
  // A member needs no right to give up its own role.
  const isOwn = off && id !== undefined && memberOf(state, input)?.id === id
  if (!isOwn && !may(state, input.session, role, { room, target: id })) return refuseRole(state, input, role, room)
  const name = (state.accounts.get(id ?? '') ?? state.members.get(id ?? ''))?.name.text
  if (id === undefined || name === undefined) return refuse(input, 'member-unknown', who.text)
  const act = { act: ACTS[role][off ? 1 : 0], room, who: name, whoId: id }
  if (role === 'administrator') return administers(state, input, id, act)
  const view = room === null ? undefined : state.rooms.get(room)
  if (room === null || !view) return refuse(input, 'room-unknown', room ?? '')
  const has = view.roles.get(id)
  if (off ? has !== role : has !== undefined && !isAbove(role, has)) return []
  if (!off && sanctionOn(state, 'ban', room, subjectOf(state, id))) return refuse(input, 'banned-there', name)
  if (!off && has === undefined && lasting(state, view).size >= ROLES_MAX)
    return refuse(input, 'roles-full', `${ROLES_MAX}`)
  const done = acted(state, input, act, 'room')
  // Without the role, bans on networks hold for the member again.
  return off ? [done, ...expelsMatched(evolveModerated(state, done), [id])] : [done]
}

/** A guest may be somebody else tomorrow. */
function administers(
  state: State,
  input: InputOf<'role'>,
  id: MemberId,
  act: Parameters<typeof acted>[2],
): readonly Event[] {
  const { off } = input
  if (state.administrators.has(id) !== off) return []
  if (!off && !state.accounts.has(id)) return refuse(input, 'account-unknown', input.who.text)
  if (!off && state.administrators.size >= ADMINISTRATORS_MAX)
    return refuse(input, 'roles-full', `${ADMINISTRATORS_MAX}`)
  const to = [...new Set([...staffOf(state, null), ...sessionsOf(state, id)])].sort()
  const done = { type: 'administered', account: id, off } as const
  const left = off ? expelsMatched(evolveAdministered(state, done), [id]) : []
  return [done, acted(state, input, act, to), ...left]
}

export const evolveAdministered = (state: State, { account, off }: EventOf<'administered'>): State => ({
  ...state,
  administrators: off ? state.administrators.delete(account) : state.administrators.add(account),
})

/** The roles of members that may come back. */
export const lasting = (state: State, view: RoomView): RoomView['roles'] =>
  view.roles.filter((_, id) => state.accounts.has(id) || state.members.has(id) || state.reads.has(id))

/** Somebody that doesn't come back leaves its role when the room has too many. */
export function withRolesLasting(state: State, room: string): State {
  const view = state.rooms.get(room)
  if (!view || view.roles.size <= ROLES_MAX) return state
  return { ...state, rooms: state.rooms.set(room, { ...view, roles: lasting(state, view) }) }
}
