/** The state after a public event: its members, their names, and the views of their rooms. */
import type { OrderedMap } from 'immutable'
import type { DeletedEvent, EventOf, RoomEvent, RoutedEvent } from '../model/event.ts'
import type { MemberId } from '../model/input.ts'
import { TOPIC_KEPT_MS, TOPICS_KEPT_MAX } from '../model/limits.ts'
import { LOBBY } from '../model/name/standing.ts'
import type { KeptTopic, State } from '../model/state.ts'
import { emptyRoom, type Topic } from '../model/view.ts'
import { withAccountNamed } from './accounts/hosting.ts'
import { evolveRegistered } from './accounts/registering.ts'
import { withOwnCursors } from './cursors/turns.ts'
import { evolveRoom } from './evolve-room.ts'
import { evolveModerated } from './keeping/log.ts'
import { evolveHeld } from './keeping/messages/holding.ts'
import { withSpoken } from './keeping/messages/spoke.ts'
import { withoutRules } from './keeping/rooms/gone.ts'
import { withRolesLasting } from './keeping/rooms/granting.ts'
import { evolveLives, withLive } from './lives/growing.ts'
import { evolveEdits } from './messages/editing.ts'
import { withAttached } from './messages/files.ts'
import { withPicture } from './messages/pictures.ts'
import { withAnswer, withAsked, withConcluded, withoutLabels } from './questions/open.ts'
import { withPresence } from './rules/founding.ts'
import { namesWith, namesWithout, withMember } from './rules/names.ts'
import { withFirstRead } from './rules/reads.ts'

export function evolvePublic(state: State, event: RoutedEvent): State {
  switch (event.type) {
    case 'joined':
      return join(state, event)
    case 'parted': {
      const left = withMember(state, event.member, m => ({ ...m, rooms: m.rooms.delete(event.room) }))
      return inRooms(withAccountRooms(left, event.member), [event.room], event)
    }
    case 'quit':
      return quit(inRooms(state, event.rooms, event), event.member)
    case 'renamed':
      return rename(inRooms(state, event.rooms, event), event)
    case 'away': {
      const noted = withMember(state, event.member, ({ noted: _, ...m }) => ({
        ...{ ...m, away: event.note },
        ...(event.filters && { noted: event.filters }),
      }))
      return inRooms(noted, event.rooms, event)
    }
    case 'topic':
      return inRooms(state, [event.room], event)
    case 'registered':
      return withOwnCursors(evolveRegistered(inRooms(state, event.rooms, event), event), event)
    case 'said':
      return withLive(withAsked(withAttached(withSpoken(state, event), event.files), event), event)
    case 'moderated':
      return withRolesLasting(evolveModerated(state, event), event.room ?? '')
    case 'held':
      return withAttached(withSpoken(evolveHeld(state, event), event), event.files)
    case 'told':
      return withAttached(state, event.files)
    case 'edited':
      return evolveEdits(state, event)
    case 'pictured':
      return inRooms(withPicture(state, event), event.rooms, event)
    case 'pinned':
    case 'hands':
      return inRooms(state, [event.room], event)
    case 'answered':
      return withAnswer(state, event)
    case 'concluded':
      return withConcluded(state, event)
    case 'deleted':
      return event.room === null
        ? state
        : evolveLives(inRooms(withoutLabels(state, event.target), [event.room], event), event)
    case 'finished':
      return evolveLives(state, event)
    case 'reacted':
      return state
  }
}

function join(state: State, event: EventOf<'joined'>): State {
  const { room } = event
  const opened = state.rooms.has(room) ? state : openRoom(state, room, event.member)
  const joined = withMember(opened, event.member, m => ({ ...m, rooms: m.rooms.add(room) }))
  return inRooms(withFirstRead(withAccountRooms(joined, event.member), event.member, room), [room], event)
}

/** An account's rooms survive its absence. */
function withAccountRooms(state: State, id: MemberId): State {
  const account = state.accounts.get(id)
  const member = state.members.get(id)
  if (!account || !member) return state
  return { ...state, accounts: state.accounts.set(id, { ...account, rooms: member.rooms }) }
}

/** A room that became empty lately still has its topic. The member that opens it is its founder. */
function openRoom(state: State, room: string, by: MemberId): State {
  const kept = state.topics.get(room)
  const topic = kept && kept.until > state.at ? kept.topic : null
  const view = { ...emptyRoom(room), topic }
  const founded =
    state.format < 7 ? view : { ...view, roles: view.roles.set(by, 'founder' as const), opened: state.seq }
  const rooms = state.rooms.set(room, founded)
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
  const account = state.accounts.get(id)
  const names = account ? state.names : namesWithout(state.names, member.name, id)
  const isNoted = account !== undefined && state.format >= 7
  const accounts = isNoted ? state.accounts.set(id, { ...account, left: state.seq }) : state.accounts
  return withPresence({ ...state, members: state.members.delete(id), names, accounts }, id)
}

function rename(state: State, { member: id, name, filters }: EventOf<'renamed'>): State {
  const member = state.members.get(id)
  if (!member) return state
  const { named: _, ...rest } = member
  const members = state.members.set(id, { ...rest, name, ...(filters && { named: filters }) })
  if (state.accounts.has(id)) return withAccountNamed({ ...state, members }, id, name)
  const freed = { ...state, names: namesWithout(state.names, member.name, id) }
  return { ...freed, members, names: namesWith(freed.names, name, id) }
}

/** Folds a room event into each of `rooms`. A room goes when its last member leaves, except the lobby. */
function inRooms(state: State, rooms: readonly string[], event: RoomEvent | DeletedEvent): State {
  let views = state.rooms
  let { topics } = state
  const gone: string[] = []
  for (const room of rooms) {
    const before = views.get(room)
    if (!before) continue
    const after = evolveRoom(before, event, state.at)
    const empty = after.members.size === 0 && after.members !== before.members && !stays(state, room)
    views = empty ? views.delete(room) : views.set(room, after)
    if (empty) gone.push(room)
    if (empty && after.topic && state.format >= 2) topics = keepTopic({ ...state, topics }, room, after.topic)
  }
  return views === state.rooms ? state : gone.reduce(withoutRules, { ...state, rooms: views, topics })
}

/** The lobby stays, and so does the room that an account founded. */
const stays = ({ founders }: State, room: string): boolean => room === LOBBY || founders.has(room)
