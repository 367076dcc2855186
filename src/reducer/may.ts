/**
 * Permissions: one table, and one function that reads it. Nothing else compares a session with the host's, or asks what
 * a token grants or which role somebody has. Roles belong to ids, never to names.
 */
import { HOST_SESSION, type MemberId, type SessionId } from '../model/input.ts'
import { isAbove, type Role } from '../model/roles.ts'
import type { State } from '../model/state.ts'
import { memberOf, sessionOf } from './rules/lookup.ts'

/** A program with a token of the API has no role. It may what the token grants. */
export type Actor = Role | 'token'

/**
 * `own`: the message is the actor's. `inside`: the member is in the room. `below`: the role of the member that it's done
 * to is below the actor's. `read`, `write`: the token grants it.
 */
type Condition = 'always' | 'never' | 'own' | 'inside' | 'below' | 'read' | 'write'

type Row = Readonly<Record<Actor, Condition>>

const row = (...[host, administrator, founder, operator, voice, member, guest, token]: readonly Condition[]): Row => ({
  host: host ?? 'never',
  administrator: administrator ?? 'never',
  founder: founder ?? 'never',
  operator: operator ?? 'never',
  voice: voice ?? 'never',
  member: member ?? 'never',
  guest: guest ?? 'never',
  token: token ?? 'never',
})

const [ALL, NO, OWN, IN, BELOW] = ['always', 'never', 'own', 'inside', 'below'] as const

/** An act without a room is on the whole server, where nobody is founder, operator or voice. */
const TABLE = {
  //                        host    admin  founder operator voice  member guest  token
  /** Give commands at all. */
  command: /*           */ row(ALL, ALL, ALL, ALL, ALL, ALL, ALL, NO),
  /** Say something in a room. */
  write: /*             */ row(ALL, IN, IN, IN, IN, IN, IN, 'write'),
  /** Say something in the lobby that also reaches members of other rooms. */
  'reach-everyone': /*  */ row(ALL, NO, NO, NO, NO, NO, NO, NO),
  /** Write in a moderated room, in a room that is locked down, and without the waits of slow mode and of new guests. */
  speak: /*             */ row(ALL, ALL, ALL, ALL, ALL, NO, NO, ALL),
  /** Write whatever the word filters say. */
  unfiltered: /*        */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  /** See who is in a room, its events and its history. Without a room: all of them. */
  read: /*              */ row(ALL, IN, IN, IN, IN, IN, IN, 'read'),
  /** See a secret room in lists. */
  'see-secret': /*      */ row(ALL, ALL, IN, IN, IN, IN, IN, NO),
  /** Join a room that is full, locked down, for the invited or for accounts only, or has a key. */
  'join-any': /*        */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  /** Join a room that is locked down. */
  'join-locked': /*     */ row(ALL, ALL, ALL, ALL, ALL, NO, NO, NO),
  topic: /*             */ row(ALL, IN, IN, IN, IN, IN, IN, NO),
  /** Set a protected topic. */
  'keep-topic': /*      */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  /** Let somebody into a room. */
  admit: /*             */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  delete: /*            */ row(ALL, BELOW, BELOW, BELOW, OWN, OWN, OWN, NO),
  /** Delete all messages of a member since some time. */
  purge: /*             */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, NO),
  kick: /*              */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, NO),
  ban: /*               */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, NO),
  mute: /*              */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, NO),
  /** Keep somebody free of the sanctions on networks. */
  except: /*            */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  voice: /*             */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, NO),
  operator: /*          */ row(ALL, BELOW, BELOW, NO, NO, NO, NO, NO),
  administrator: /*     */ row(ALL, NO, NO, NO, NO, NO, NO, NO),
  mode: /*              */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  filter: /*            */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  /** Release or drop held messages. */
  review: /*            */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  /** See the log of acts, the sanctions and the filters, and try rules on the past. */
  log: /*               */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  /** Change how one's own account signs in, and sign out. */
  account: /*           */ row(NO, ALL, ALL, ALL, ALL, ALL, NO, NO),
} as const satisfies Readonly<Record<string, Row>>

export type ActName = keyof typeof TABLE
export const ACT_NAMES = Object.keys(TABLE) as readonly ActName[]

/** The room, the author of the message, and the member that an act is about. */
export type Place = {
  readonly room?: string | null
  readonly author?: MemberId
  /** Undefined: nobody that is known, who has no role. */
  readonly target?: MemberId | undefined
}

/** Whether the session, which may also be the host's or a token's, may do this. */
export function may(state: State, session: SessionId, act: ActName, place: Place = {}): boolean {
  const actor = actorOf(state, session, place.room ?? null)
  return actor !== null && holds(TABLE[act][actor], state, session, actor, place)
}

/** Whether this is the id of the host, as a session or as the author of messages. */
export const isHost = (id: SessionId | MemberId): boolean => id === HOST_SESSION

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

/** The lowest role that may do this to somebody without a role. */
export function roleFor(act: ActName, room: string | null): Role {
  const roles: readonly Role[] =
    room === null
      ? ['member', 'administrator', 'host']
      : ['guest', 'member', 'voice', 'operator', 'founder', 'administrator', 'host']
  return roles.find(role => TABLE[act][role] !== 'never' && TABLE[act][role] !== 'own') ?? 'host'
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
  }
}

const isOwn = (state: State, session: SessionId, author: MemberId | undefined): boolean =>
  author !== undefined && memberOf(state, { session })?.id === author
