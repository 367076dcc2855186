/** evolve: the state after an event. Total. It doesn't check again what decide has already checked. */
import { Set as ISet, type OrderedMap } from 'immutable'
import type { Event, Result, RoomEvent } from '../model/event.ts'
import type { MemberId, SessionId } from '../model/input.ts'
import { LAPSED_MAX, TOPIC_KEPT_MS, TOPICS_KEPT_MAX } from '../model/limits.ts'
import type { Name } from '../model/name/name.ts'
import { LOBBY } from '../model/name/standing.ts'
import { Results } from '../model/results.ts'
import type { KeptTopic, Lapsed, Member, Session, State } from '../model/state.ts'
import { emptyRoom, type Topic } from '../model/view.ts'
import { evolveRoom } from './evolve-room.ts'
import { evolveGrants } from './rules/grants.ts'
import { evolveHooks } from './rules/hooks.ts'
import { roomsOf, sessionOf } from './rules/lookup.ts'

export function evolve(state: State, event: Event): State {
  switch (event.type) {
    case 'welcomed':
      return welcome(state, event)
    case 'resumed':
      return resume(state, event)
    case 'returned':
      return comeBack(state, event)
    case 'detached':
      return { ...state, due: state.due.set(event.session, event.until) }
    case 'lapsed':
      return lapse(state, event.session, event.until)
    case 'ended':
      return end(state, event.session)
    case 'joined':
      return join(state, event)
    case 'parted': {
      const left = withMember(state, event.member, m => ({ ...m, rooms: m.rooms.delete(event.room) }))
      return inRooms(left, [event.room], event)
    }
    case 'quit':
      return quit(inRooms(state, event.rooms, event), event.member)
    case 'renamed':
      return rename(inRooms(state, event.rooms, event), event.member, event.name)
    case 'away': {
      const noted = withMember(state, event.member, m => ({ ...m, away: event.note }))
      return inRooms(noted, event.rooms, event)
    }
    case 'topic':
      return inRooms(state, [event.room], event)
    case 'done':
      return keep(state, event.session, { n: event.n, seq: state.seq, code: null, detail: '' })
    case 'rejected': {
      const { session, n, code, detail } = event
      return n === null ? state : keep(state, session, { n, seq: state.seq, code, detail })
    }
    case 'said':
    case 'told':
    case 'deleted':
    case 'repeated':
    case 'reposted':
      return state
    case 'granted':
    case 'revoked':
    case 'posted':
      return evolveGrants(state, event)
    case 'hooked':
    case 'unhooked':
    case 'forwarded':
      return evolveHooks(state, event)
    case 'formatted':
      return { ...state, format: event.format }
  }
}

type EventOf<T extends Event['type']> = Extract<Event, { type: T }>

function welcome(state: State, { session, member, name, origin, protocol, token }: EventOf<'welcomed'>): State {
  const results = Results.of([])
  const fresh: Session = { id: session, member, origin, via: session, protocol, token, last: 0, results }
  // A lapsed session that is too old to return leaves its token to the new session.
  const known = token === null ? undefined : state.lapsed.get(state.tokens.get(token) ?? '')
  return seat(known ? forget(state, known) : state, fresh, name)
}

function comeBack(state: State, { session: id, via, origin, name }: EventOf<'returned'>): State {
  const lapsed = state.lapsed.get(id)
  return lapsed ? seat(forget(state, lapsed), { ...lapsed.session, via, origin }, name) : state
}

/** Adds a session and the member behind it, which is in no room yet. */
function seat(state: State, session: Session, name: Name): State {
  const { id, member, token } = session
  const sitting: Member = { id: member, name, away: null, rooms: ISet<string>(), sessions: ISet<SessionId>([id]) }
  return {
    ...state,
    members: state.members.set(member, sitting),
    sessions: state.sessions.set(id, session),
    names: take(state, name, member),
    tokens: token === null ? state.tokens : state.tokens.set(token, id),
  }
}

function resume(state: State, { session: id, via, origin }: EventOf<'resumed'>): State {
  const session = state.sessions.get(id)
  if (!session) return state
  return { ...state, sessions: state.sessions.set(id, { ...session, origin, via }), due: state.due.delete(id) }
}

function end(state: State, id: SessionId): State {
  const lapsed = state.lapsed.get(id)
  if (lapsed) return forget(state, lapsed)
  const session = state.sessions.get(id)
  if (!session) return state
  const apart = withMember(state, session.member, m => ({ ...m, sessions: m.sessions.delete(id) }))
  return {
    ...apart,
    sessions: apart.sessions.delete(id),
    tokens: session.token === null ? apart.tokens : apart.tokens.delete(session.token),
    due: apart.due.delete(id),
  }
}

/**
 * Moves a session to the lapsed ones. The oldest ones are dropped to make room, and so are those whose time is over.
 */
function lapse(state: State, id: SessionId, until: number): State {
  const session = state.sessions.get(id)
  const member = state.members.get(session?.member ?? '')
  if (!session || !member) return state
  const surplus = state.lapsed.size + 1 - LAPSED_MAX
  const over = state.lapsed.valueSeq().takeWhile((oldest, k) => k < surplus || oldest.until <= state.at)
  const kept = over.reduce(forget, end(state, id))
  const lapsed: Lapsed = { session, name: member.name, rooms: roomsOf(member), until }
  const tokens = session.token === null ? kept.tokens : kept.tokens.set(session.token, id)
  return { ...kept, lapsed: kept.lapsed.set(id, lapsed), tokens }
}

function forget(state: State, { session: { id, token } }: Lapsed): State {
  const tokens = token === null ? state.tokens : state.tokens.delete(token)
  return { ...state, lapsed: state.lapsed.delete(id), tokens }
}

function join(state: State, event: EventOf<'joined'>): State {
  const { room } = event
  const opened = state.rooms.has(room) ? state : openRoom(state, room)
  return inRooms(
    withMember(opened, event.member, m => ({ ...m, rooms: m.rooms.add(room) })),
    [room],
    event,
  )
}

/** A room that became empty lately still has its topic. */
function openRoom(state: State, room: string): State {
  const kept = state.topics.get(room)
  const topic = kept && kept.until > state.at ? kept.topic : null
  const rooms = state.rooms.set(room, { ...emptyRoom(room), topic })
  return { ...state, rooms, topics: kept ? state.topics.delete(room) : state.topics }
}

/** Keeps the topic of an empty room. The oldest ones are dropped to make room, and so are those whose time is over. */
function keepTopic(state: State, room: string, topic: Topic): OrderedMap<string, KeptTopic> {
  const surplus = state.topics.size + 1 - TOPICS_KEPT_MAX
  const over = state.topics.toKeyedSeq().takeWhile(({ until }, _) => until <= state.at)
  const kept = state.topics.skip(Math.max(surplus, over.count()))
  return kept.set(room, { topic, until: state.at + TOPIC_KEPT_MS })
}

function quit(state: State, id: MemberId): State {
  const member = state.members.get(id)
  if (!member) return state
  return { ...state, members: state.members.delete(id), names: release(state, member.name) }
}

function rename(state: State, id: MemberId, name: Name): State {
  const member = state.members.get(id)
  if (!member) return state
  const freed = { ...state, names: release(state, member.name) }
  return { ...freed, members: state.members.set(id, { ...member, name }), names: take(freed, name, id) }
}

const take = (state: State, name: Name, id: MemberId) =>
  name.keys.reduce((names, key) => names.set(key, id), state.names)
const release = (state: State, name: Name) => state.names.deleteAll(name.keys)

function withMember(state: State, id: MemberId, change: (member: Member) => Member): State {
  const member = state.members.get(id)
  return member ? { ...state, members: state.members.set(id, change(member)) } : state
}

/** Folds a room event into each of `rooms`. A room goes when its last member leaves, except the lobby. */
function inRooms(state: State, rooms: readonly string[], event: RoomEvent): State {
  let views = state.rooms
  let { topics } = state
  for (const room of rooms) {
    const before = views.get(room)
    if (!before) continue
    const after = evolveRoom(before, event, state.at)
    const empty = after.members.size === 0 && after.members !== before.members && room !== LOBBY
    views = empty ? views.delete(room) : views.set(room, after)
    if (empty && after.topic && state.format >= 2) topics = keepTopic({ ...state, topics }, room, after.topic)
  }
  return views === state.rooms ? state : { ...state, rooms: views, topics }
}

function keep(state: State, id: SessionId, result: Result): State {
  const session = sessionOf(state, id)
  if (!session || result.n <= session.last) return state
  const results = session.results.with(result)
  return { ...state, sessions: state.sessions.set(id, { ...session, last: result.n, results }) }
}
