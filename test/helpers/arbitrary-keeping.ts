/** The moves of keepers, and of members who only try to moderate. Each is chosen by the state so far. */
import { type Body, HOST_SESSION, type SessionId, type Target } from '../../src/model/input.ts'
import { MODES, type Mode, type ModeValue } from '../../src/model/keeping/modes.ts'
import { LOBBY } from '../../src/model/name/standing.ts'
import type { FilterAction, Sanction, SanctionKind } from '../../src/model/state/keeping.ts'
import type { State } from '../../src/model/state.ts'
import { LOOKALIKES, nameOf, targetOf } from './arbitrary-inputs.ts'

/** How often each move comes, in a day on which order is kept. */
export const KEEPING_MOVES = {
  restrict: 10,
  'restrict a network': 6,
  lift: 5,
  role: 9,
  mode: 8,
  filter: 4,
  unfilter: 2,
  admit: 2,
  'kick from a room': 3,
  'kick by somebody': 2,
  purge: 2,
  purged: 1,
  release: 4,
  drop: 2,
  ignore: 3,
  match: 4,
  carry: 1,
  spent: 2,
  'say what is filtered': 8,
  post: 5,
} as const

export type KeepingMove = keyof typeof KEEPING_MOVES

export const isKeepingMove = (kind: string): kind is KeepingMove => Object.hasOwn(KEEPING_MOVES, kind)

const ROOMS = [LOBBY, 'ops', 'tea', 'constructor']
const NAMES = LOOKALIKES.flat()
const TIMES = [null, 1, 1000, 60_000, 3_600_000, 86_400_000]
const KINDS: readonly SanctionKind[] = ['ban', 'mute', 'ban', 'mute', 'exception']
const ROLES = ['operator', 'voice', 'operator', 'administrator'] as const
const ACTIONS: readonly FilterAction[] = ['warn', 'hold', 'refuse', 'hold']

const pick = <T>(from: readonly T[], at: number): T | undefined => from[at % Math.max(1, from.length)]

/** Two numbers that a move was drawn with, and a text that no other move has. */
export type Draw = { readonly a: number; readonly b: number; readonly mark: string }

/** Null: nothing in this state fits the move. */
export function keepingBody(kind: KeepingMove, state: State, { a, b, mark }: Draw): readonly [SessionId, Body] | null {
  const actor = actorOf(state, a, b)
  const room = roomOf(state, actor, a, b)
  const who = b % 5 < 2 ? (somebodyIn(state, room, a) ?? somebody(state, a + b)) : somebody(state, a + b)
  const ms = pick(TIMES, a) ?? null
  const reason = b % 3 === 0 ? null : mark
  const by = (body: Body): readonly [SessionId, Body] => [actor, body]
  switch (kind) {
    case 'restrict': {
      const { keys } = nameOf(pick(NAMES, b) ?? '')
      const restrict = { type: 'restrict', kind: pick(KINDS, a) ?? 'ban', room, ms, reason } as const
      return by({ ...restrict, who, keys: b % 2 === 0 ? keys : [] })
    }
    case 'restrict a network':
      return by({ type: 'restrict-network', kind: pick(KINDS, a) ?? 'ban', room, ms, reason })
    case 'lift': {
      const one = pick([...state.sanctions.values()], a)
      if (!one) return by({ type: 'lift', kind: 'mute', room, who, sanction: null })
      const place = b % 5 === 0 ? room : one.room
      const named = { type: 'lift', kind: one.kind, room: place } as const
      return by(
        b % 2 === 0 || one.name === null
          ? { ...named, who: null, sanction: one.id }
          : { ...named, who: targetOf(one.name), sanction: null },
      )
    }
    case 'role':
      return by({ type: 'role', room: room ?? LOBBY, role: pick(ROLES, a) ?? 'voice', who, off: b % 4 === 0 })
    case 'mode':
      return by({ type: 'mode', room, ...modeOf(a, b), ms: b % 2 === 0 ? null : ms })
    case 'filter': {
      const is = b % 2 === 0 ? 'words' : 'expression'
      return by({ type: 'filter', room, is, pattern: `bad${a % 5}`, action: pick(ACTIONS, a) ?? 'warn' })
    }
    case 'unfilter':
      return by({ type: 'unfilter', room, filter: pick(filtersOf(state), a) ?? 1 })
    case 'admit':
      return by({ type: 'admit', room: room ?? LOBBY, who })
    case 'kick from a room':
      return by({ type: 'kick', who, reason, room: room ?? LOBBY })
    case 'kick by somebody':
      return by({ type: 'kick', who, reason })
    case 'purge':
      return by({ type: 'purge', room, who, ms: ms ?? 0 })
    case 'purged':
      return [HOST_SESSION, { type: 'purged', purge: pick([...state.purges.keys()], a) ?? 1, count: b }]
    case 'release':
    case 'drop': {
      const one = pick([...state.held.values()], a)
      const keepers = [...(state.rooms.get(one?.room ?? '')?.roles.keys() ?? [])]
      const session = [...(state.members.get(pick(keepers, b) ?? '')?.sessions ?? [])][0]
      return [b % 3 > 0 ? (session ?? actor) : actor, { type: kind, target: one?.seq ?? 1 }]
    }
    case 'ignore':
      return by({ type: 'ignore', who, off: b % 3 === 0 })
    case 'match': {
      const session = pick([...state.sessions.keys()].sort(), b)
      return session === undefined ? null : [session, { type: 'match', nets: netsOf(state, a) }]
    }
    case 'carry': {
      const one = pick([...state.sanctions.values()], a)
      return one ? [HOST_SESSION, { type: 'carry', sanction: one.id }] : null
    }
    case 'spent':
      return [HOST_SESSION, { type: 'spent', targets: [...state.obsolete, a].sort((x, y) => x - y).slice(0, 3) }]
    case 'say what is filtered':
      return by({ type: 'say', room: room ?? LOBBY, action: false, filters: filtersOf(state) })
    case 'post': {
      const token = pick([...state.grants.keys()].sort(), a)
      const post = { type: 'post', room: room ?? LOBBY, action: false, key: null } as const
      return token === undefined ? null : [token, b % 2 === 0 ? post : { ...post, filters: filtersOf(state) }]
    }
  }
}

/** Every third one is the host, and every third one somebody with a role. */
function actorOf(state: State, a: number, b: number): SessionId {
  const sessions = [...state.sessions.keys()].sort()
  if ((a + b) % 3 === 0) return HOST_SESSION
  const roled = sessions.filter(id => {
    const member = state.sessions.get(id)?.member ?? ''
    return state.administrators.has(member) || state.rooms.some(({ roles }) => roles.has(member))
  })
  return pick((a + b) % 3 === 1 && roled.length > 0 ? roled : sessions, b) ?? 'nobody'
}

/** Usually where the actor has a role. Null: the whole server. */
function roomOf(state: State, actor: SessionId, a: number, b: number): string | null {
  const member = state.sessions.get(actor)?.member ?? ''
  const own = [...state.rooms].flatMap(([room, { roles }]) => (roles.has(member) ? [room] : [])).sort()
  if (own.length > 0 && a % 4 > 0) return pick(own, b) ?? LOBBY
  return b % 4 === 3 ? null : (pick(ROOMS, b >> 2) ?? LOBBY)
}

function somebodyIn({ rooms }: State, room: string | null, at: number): Target | undefined {
  const one = pick([...(rooms.get(room ?? '')?.members.values() ?? [])], at)
  return one && { ...targetOf(one.name), ...(at % 2 === 0 ? { id: one.id } : {}) }
}

/** Somebody who is here, has lapsed, was here, or a name that nobody has; with an id of somebody else, too. */
function somebody(state: State, at: number): Target {
  const here = [...state.members.values()].map(({ id, name }) => ({ id, text: name.text }))
  const away = [...state.lapsed.values()].map(({ session, name }) => ({ id: session.member, text: name.text }))
  const accounts = [...state.accounts.values()].map(({ id, name }) => ({ id, text: name.text }))
  const tokens = [...state.grants.values()].map(({ id, name }) => ({ id, text: name.text }))
  const all = [...here, ...here, ...away, ...accounts, ...tokens]
  const one = pick(all, at)
  if (!one || at % 11 === 0) return targetOf(pick(NAMES, at) ?? '')
  const target = targetOf(one.text)
  if (at % 7 === 0) return { ...target, id: pick(all, at + 1)?.id ?? 'gone' }
  if (at % 13 === 0) return { ...target, id: 'gone' }
  return at % 2 === 0 ? { ...target, id: one.id } : target
}

function modeOf(a: number, b: number): { mode: Mode; value: ModeValue | null; key: string | null } {
  const modes = Object.keys(MODES) as readonly Mode[]
  const mode = pick(modes, a) ?? 'moderated'
  const { takes } = MODES[mode]
  if (b % 3 === 0) return { mode, value: null, key: null }
  return {
    mode,
    value: takes === 'count' || takes === 'seconds' ? 1 + (b % 60) : true,
    key: takes === 'secret' ? `hash ${b % 3}` : null,
  }
}

/** The numbers of all filters that there are. */
export const filtersOf = ({ rules }: State): readonly number[] =>
  [...rules.values()].flatMap(({ filters }) => [...filters.keys()]).sort((x, y) => x - y)

/** Some of the sanctions on networks: those that an address may be in. */
export function netsOf({ sanctions }: State, at: number): readonly number[] {
  const networks = [...sanctions.values()].filter((one: Sanction) => one.text !== null)
  return networks.filter((_, k) => (at >> (k % 8)) % 2 === 1).map(({ id }) => id)
}
