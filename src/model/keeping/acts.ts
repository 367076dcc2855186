/**
 * The one table of permissions: acts, roles, and the condition under which a role may do an act. The server reads it by
 * `may` (may.ts), clients by `mayIn`: so no client offers an act that the server would refuse.
 */
import { isAbove, type Role } from './roles.ts'

/** A program with a token of the API has no role. Its token grants its acts. */
export type Actor = Role | 'token'

/**
 * `own`: the message is the actor's. `inside`: the member is in the room. `below`: the role of the member that it's done
 * to is below the actor's. `read`, `write`, `audit`, `keep`: the token grants it. `keep-below`: it grants to keep order, and the
 * role of the member that it's done to is below an administrator's.
 */
export type Condition =
  | 'always'
  | 'never'
  | 'own'
  | 'inside'
  | 'below'
  | 'read'
  | 'write'
  | 'audit'
  | 'keep'
  | 'keep-below'

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
  /** Give commands that keep order. */
  'keep-order': /*      */ row(ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL),
  /** Say something in a room. */
  write: /*             */ row(ALL, IN, IN, IN, IN, IN, IN, 'write'),
  /** Say something in the lobby that also reaches members of other rooms. */
  'reach-everyone': /*  */ row(ALL, NO, NO, NO, NO, NO, NO, NO),
  /** Write in a moderated room, in a room that is locked down, and without the waits of slow mode and of new guests. */
  speak: /*             */ row(ALL, ALL, ALL, ALL, ALL, NO, NO, ALL),
  /** Write in spite of the word filters. */
  unfiltered: /*        */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  /** See the members of a room, its events and its history. Without a room: all of them. */
  read: /*              */ row(ALL, IN, IN, IN, IN, IN, IN, 'read'),
  /** See a secret room in lists. */
  'see-secret': /*      */ row(ALL, ALL, IN, IN, IN, IN, IN, NO),
  /** Join a room that is full, locked down, for the invited or for accounts only, or has a key. */
  'join-any': /*        */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  /** Join a room that is locked down. */
  'join-locked': /*     */ row(ALL, ALL, ALL, ALL, ALL, NO, NO, NO),
  /** Change the text of a message of one's own. */
  edit: /*              */ row(OWN, OWN, OWN, OWN, OWN, OWN, OWN, OWN),
  topic: /*             */ row(ALL, IN, IN, IN, IN, IN, IN, NO),
  /** Pin a message, or take the pin away. */
  pin: /*               */ row(ALL, IN, IN, IN, IN, IN, IN, 'keep'),
  /** Set a protected topic. */
  'keep-topic': /*      */ row(ALL, ALL, ALL, ALL, NO, NO, NO, NO),
  /** Let somebody into a room. */
  admit: /*             */ row(ALL, ALL, ALL, ALL, NO, NO, NO, 'keep'),
  delete: /*            */ row(ALL, BELOW, BELOW, BELOW, OWN, OWN, OWN, 'keep-below'),
  /** Close a question: its author is the member that asked it. */
  close: /*             */ row(ALL, BELOW, BELOW, BELOW, OWN, OWN, OWN, 'keep-below'),
  /** Call on the first in the queue of hands. */
  call: /*              */ row(ALL, ALL, ALL, ALL, NO, NO, NO, 'keep'),
  /** Delete all messages of a member since some time. */
  purge: /*             */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, 'keep-below'),
  kick: /*              */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, 'keep-below'),
  ban: /*               */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, 'keep-below'),
  mute: /*              */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, 'keep-below'),
  /** Keep somebody free of the sanctions on networks. */
  except: /*            */ row(ALL, ALL, ALL, ALL, NO, NO, NO, 'keep'),
  voice: /*             */ row(ALL, BELOW, BELOW, BELOW, NO, NO, NO, 'keep-below'),
  operator: /*          */ row(ALL, BELOW, BELOW, NO, NO, NO, NO, 'keep-below'),
  administrator: /*     */ row(ALL, NO, NO, NO, NO, NO, NO, NO),
  mode: /*              */ row(ALL, ALL, ALL, ALL, NO, NO, NO, 'keep'),
  filter: /*            */ row(ALL, ALL, ALL, ALL, NO, NO, NO, 'keep'),
  /** Release or drop held messages. */
  review: /*            */ row(ALL, ALL, ALL, ALL, NO, NO, NO, 'keep'),
  /** See the log of acts, the sanctions and the filters, and try rules on the past. */
  log: /*               */ row(ALL, ALL, ALL, ALL, NO, NO, NO, 'audit'),
  /** Move or remove the cursor of somebody else, and list those of all. */
  'keep-cursors': /*    */ row(ALL, ALL, NO, NO, NO, NO, NO, 'keep'),
  /** Change how one's own account signs in, and sign out. */
  account: /*           */ row(NO, ALL, ALL, ALL, ALL, ALL, NO, NO),
} as const satisfies Readonly<Record<string, Row>>

export type ActName = keyof typeof TABLE
export const ACT_NAMES = Object.keys(TABLE) as readonly ActName[]

export const conditionOf = (act: ActName, actor: Actor): Condition => TABLE[act][actor]

/**
 * Whether a member of a room, in this role, may do this there; or on the server, if the role is of the server. `to`: the
 * role of the member that it's done to. `own`: to a message of one's own.
 */
export function mayIn(role: Role, act: ActName, to?: Role, own = false): boolean {
  switch (TABLE[act][role] as Condition) {
    case 'always':
    case 'inside':
      return true
    case 'own':
      return own
    case 'below':
      return own || to === undefined || isAbove(role, to)
    case 'never':
    case 'read':
    case 'write':
    case 'audit':
    case 'keep':
    case 'keep-below':
      return false
  }
}

/** The lowest role that may do this to somebody without a role. */
export function roleFor(act: ActName, room: string | null): Role {
  const roles: readonly Role[] =
    room === null
      ? ['member', 'administrator', 'host']
      : ['guest', 'member', 'voice', 'operator', 'founder', 'administrator', 'host']
  return roles.find(role => TABLE[act][role] !== 'never' && TABLE[act][role] !== 'own') ?? 'host'
}
