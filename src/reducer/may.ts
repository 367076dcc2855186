/**
 * Permissions: one table, and one function that reads it. Nothing else compares a session with the host's, or asks what
 * a token grants. Roles belong to ids, never to names.
 */
import { HOST_SESSION, type MemberId, type SessionId } from '../model/input.ts'
import type { State } from '../model/state.ts'
import { accountOf, memberOf, sessionOf } from './rules/lookup.ts'

type Role = 'host' | 'member' | 'token' | 'none'

/**
 * `own`: the message is the actor's. `inside`: the member is in the room. `registered`: it is an account. `read`,
 * `write`: the token grants it.
 */
type Condition = 'always' | 'never' | 'own' | 'inside' | 'registered' | 'read' | 'write'

type Row = Readonly<Record<Exclude<Role, 'none'>, Condition>>

const TABLE = {
  /** Give commands at all. */
  command: { host: 'always', member: 'always', token: 'never' },
  /** Say something in a room. */
  write: { host: 'always', member: 'inside', token: 'write' },
  /** Say something in the lobby that also reaches members of other rooms. */
  'reach-everyone': { host: 'always', member: 'never', token: 'never' },
  /** See who is in a room, its events and its history. Without a room: all of them. */
  read: { host: 'always', member: 'inside', token: 'read' },
  topic: { host: 'always', member: 'inside', token: 'never' },
  delete: { host: 'always', member: 'own', token: 'never' },
  kick: { host: 'always', member: 'never', token: 'never' },
  /** Change how one's own account signs in, and sign out. */
  account: { host: 'never', member: 'registered', token: 'never' },
} as const satisfies Readonly<Record<string, Row>>

export type Act = keyof typeof TABLE

/** The room, or the author of the message, that an act is about. */
export type Place = { readonly room?: string; readonly author?: MemberId }

/** Whether the session, which may also be the host's or a token's, may do this. */
export function may(state: State, session: SessionId, act: Act, place: Place = {}): boolean {
  const role = roleOf(state, session)
  return role !== 'none' && holds(TABLE[act][role], state, session, place)
}

/** Whether this is the id of the host, as a session or as the author of messages. */
export const isHost = (id: SessionId | MemberId): boolean => id === HOST_SESSION

function roleOf(state: State, session: SessionId): Role {
  if (isHost(session)) return 'host'
  if (sessionOf(state, session)) return 'member'
  return state.grants.has(session) ? 'token' : 'none'
}

function holds(condition: Condition, state: State, session: SessionId, { room, author }: Place): boolean {
  switch (condition) {
    case 'always':
      return true
    case 'never':
      return false
    case 'own':
      return author !== undefined && memberOf(state, { session })?.id === author
    case 'inside':
      return room !== undefined && memberOf(state, { session })?.rooms.has(room) === true
    case 'registered':
      return accountOf(state, { session }) !== undefined
    case 'read':
    case 'write': {
      const grant = state.grants.get(session)
      return grant?.[condition] === true && room !== undefined && (grant.room ?? room) === room
    }
  }
}
