/**
 * Permissions: whether a session may do an act, by the one table (src/model/keeping/acts.ts). Only this file compares a
 * session with the host's, and reads the grants of a token and the role of a member. Roles belong to ids, never to
 * names.
 */

import { HOST_SESSION, type MemberId, type SessionId } from '../model/input.ts'
import { type ActName, type Actor, type Condition, conditionOf } from '../model/keeping/acts.ts'
import { isAbove, type Role } from '../model/keeping/roles.ts'
import type { State } from '../model/state.ts'
import { memberOf, sessionOf } from './rules/lookup.ts'

/** The room, the author of the message, and the member that an act is about. */
export type Place = {
  readonly room?: string | null
  readonly author?: MemberId
  /** Undefined: an unknown target, which has no role. */
  readonly target?: MemberId | undefined
}

/** Whether the session, which may also be the host's or a token's, may do this. */
export function may(state: State, session: SessionId, act: ActName, place: Place = {}): boolean {
  const actor = actorOf(state, session, place.room ?? null)
  return actor !== null && holds(conditionOf(act, actor), state, session, actor, place)
}

/** Whether the session can know of this room: it's there, and outsiders don't see a secret one. The host has given tokens. */
export function seesRoom(state: State, session: SessionId, room: string): boolean {
  const view = state.rooms.get(room)
  if (view?.modes.secret === undefined) return view !== undefined
  return state.grants.has(session) || may(state, session, 'see-secret', { room })
}

/** Whether this is the id of the host, as a session or as the author of messages. */
export const isHost = (id: SessionId | MemberId): boolean => id === HOST_SESSION

/** Whether this author has neither an account nor a token, and isn't the host. A token that is revoked has none either. */
export const isGuest = ({ accounts, grants }: State, id: MemberId): boolean =>
  !isHost(id) && !accounts.has(id) && !grants.has(id)

/** Null: the session is nobody's. */
export function actorOf(state: State, session: SessionId, room: string | null): Actor | null {
  if (isHost(session)) return 'host'
  const member = sessionOf(state, session)?.member
  if (member !== undefined) return roleOf(state, member, room)
  return state.grants.has(session) ? 'token' : null
}

/** The role of a member, here or not, in a room; null: on the server. */
export function roleOf(state: State, member: MemberId, room: string | null): Role {
  if (isHost(member)) return 'host'
  if (state.administrators.has(member)) return 'administrator'
  const role = room === null ? undefined : state.rooms.get(room)?.roles.get(member)
  return role ?? (state.accounts.has(member) ? 'member' : 'guest')
}

function holds(condition: Condition, state: State, session: SessionId, actor: Actor, place: Place): boolean {
  const { room, author, target } = place
  switch (condition) {
    case 'always':
      return true
    case 'never':
      return false
    case 'own':
      return isOwn(state, session, author)
    case 'inside':
      return typeof room === 'string' && memberOf(state, { session })?.rooms.has(room) === true
    case 'below': {
      if (isOwn(state, session, author)) return true
      const to = target ?? author
      return to === undefined || (actor !== 'token' && isAbove(actor, roleOf(state, to, room ?? null)))
    }
    case 'read':
    case 'write': {
      const grant = state.grants.get(session)
      return grant?.[condition] === true && typeof room === 'string' && (grant.room ?? room) === room
    }
    case 'audit':
      return grants(state, session, 'audit', room) || grants(state, session, 'keep', room)
    case 'keep':
      return grants(state, session, 'keep', room)
    case 'keep-below': {
      const to = target ?? author
      const isBelow = to === undefined || isAbove('administrator', roleOf(state, to, room ?? null))
      return isBelow && grants(state, session, 'keep', room)
    }
  }
}

/** A token for one room has no right on the whole server. */
function grants(state: State, session: SessionId, right: 'audit' | 'keep', room: string | null | undefined): boolean {
  const grant = state.grants.get(session)
  return grant?.[right] === true && (grant.room === null || grant.room === room)
}

const isOwn = (state: State, session: SessionId, author: MemberId | undefined): boolean =>
  author !== undefined && (memberOf(state, { session })?.id ?? session) === author
