/** Whether a member may write: mutes, moderated rooms, waits, lock-downs, and word filters. */

import { leftText } from '../../../model/duration.ts'
import type { Input, InputOf, MemberId, SessionId } from '../../../model/input.ts'
import { roleFor } from '../../../model/keeping/acts.ts'
import { withArticle } from '../../../model/keeping/roles.ts'
import type { Filter, FilterAction } from '../../../model/state/keeping.ts'
import type { Member, State } from '../../../model/state.ts'
import { may, roleOf } from '../../may.ts'
import { memberOf, roomsOf } from '../../rules/lookup.ts'
import { endOf } from '../ends.ts'
import { modeKey, rulesOf } from '../places.ts'
import { type Fault, fault, sanctionFault } from '../refusals.ts'
import { isUnknown, sanctionOn, subjectOf } from '../sanctions/under.ts'

/** A direct message: mutes of the server, its waits for guests, and its word filters. */
export function tellingFault(state: State, member: Member, input: InputOf<'tell'>): Fault | null {
  if (state.format < 7) return null
  const unfit = directlyFault(state, member.id)
  if (unfit) return unfit
  const { modes } = rulesOf(state, null)
  const isGuest = !state.accounts.has(member.id)
  const since = Math.min(...[...member.rooms].map(room => joinedAt(state, member.id, room)), state.at)
  const early = since + Number(modes.delay ?? 0) * 1000
  if (isGuest && early > state.at) return fault('too-new', leftText(early - state.at), early)
  return noteFault(state, input.session, [null], input.filters)
}

/** A mute or a lock-down of the server: its author can't write to anybody, nor change an earlier message. */
export function directlyFault(state: State, author: MemberId): Fault | null {
  const muted = mutedFault(state, author, null)
  if (muted) return muted
  return rulesOf(state, null).modes.lockdown && !state.accounts.has(author) ? lockedFault(state, null) : null
}

/** Null: nothing keeps the author from writing in the room. Asked for each message, so it's short when there are no rules. */
export function writingFault(state: State, session: SessionId, author: MemberId, room: string): Fault | null {
  if (state.format < 7) return null
  return mutedFault(state, author, room) ?? modesFault(state, session, author, room)
}

/** The fault of a mute in the room or on the server; `room` null: on the server. */
export function mutedFault(state: State, author: MemberId, room: string | null): Fault | null {
  if (isUnknown(state, author)) return null
  const subject = subjectOf(state, author)
  const mute = sanctionOn(state, 'mute', room, subject)
  if (mute) return sanctionFault(state, 'muted', mute)
  const ban = sanctionOn(state, 'ban', room, subject)
  return ban && sanctionFault(state, ban.room === null ? 'banned' : 'banned-here', ban)
}

/** A member that is muted or locked down anywhere can't take another name, whose announcement others would read. */
export function mutedAnywhere(state: State, member: Member): Fault | null {
  if (state.format < 7) return null
  for (const room of readIn(member)) {
    const muted = silencedFault(state, member.id, room)
    if (muted) return muted
  }
  return null
}

/** The fault of a mute, or of a lock-down in which a guest has no role. */
const silencedFault = (state: State, id: MemberId, room: string | null): Fault | null =>
  mutedFault(state, id, room) ?? (room === null ? null : lockedOut(state, id, room))

function lockedOut(state: State, id: MemberId, room: string): Fault | null {
  const here = state.rooms.get(room)?.modes.lockdown
  if (!here && !rulesOf(state, null).modes.lockdown) return null
  return roleOf(state, id, room) === 'guest' ? lockedFault(state, here ? room : null) : null
}

function modesFault(state: State, session: SessionId, author: MemberId, room: string): Fault | null {
  const modes = state.rooms.get(room)?.modes
  const server = rulesOf(state, null).modes
  const isQuiet = modes === undefined || Object.keys(modes).length === 0
  if (isQuiet && server.lockdown === undefined && server.delay === undefined) return null
  const place = { room }
  if (modes?.['no-outsiders'] && state.grants.has(author)) return fault('outsiders-off', room)
  const isGuest = !state.accounts.has(author)
  // Anybody can open a room, and be its founder.
  if (isGuest && server.lockdown && state.members.has(author)) return lockedFault(state, null)
  if (may(state, session, 'speak', place)) return null
  if (modes?.moderated) return fault('moderated', `${withArticle(roleFor('speak', room))} of #${room}`)
  if (isGuest && modes?.lockdown) return lockedFault(state, room)
  const since = isGuest ? joinedAt(state, author, room) : Number.NEGATIVE_INFINITY
  const delay = isGuest ? Math.max(Number(modes?.delay ?? 0), Number(server.delay ?? 0)) : 0
  const early = since + delay * 1000
  if (early > state.at) return fault('too-new', leftText(early - state.at), early)
  return slowFault(state, author, room, since)
}

/** A guest that leaves and comes back is another member, so its wait begins with its joining. */
function slowFault(state: State, author: MemberId, room: string, since: number): Fault | null {
  const slow = state.rooms.get(room)?.modes.slow
  if (slow === undefined) return null
  const spoke = rulesOf(state, room).spoke.get(author) ?? Number.NEGATIVE_INFINITY
  const next = Math.max(spoke, since) + Number(slow) * 1000
  return next > state.at
    ? fault('slowed', `${leftText(next - state.at)} (one message every ${leftText(Number(slow) * 1000)})`, next)
    : null
}

export function lockedFault(state: State, room: string | null): Fault {
  const until = endOf(state, modeKey(room))
  const left = until === null ? 'until its keeper opens it' : `for ${leftText(until - state.at)} more`
  return fault('locked-down', `${room === null ? 'The server' : `#${room}`} is locked down ${left}`, until ?? undefined)
}

/** A member that joined before the clock was set back has waited: else it might wait for hours. */
function joinedAt(state: State, id: MemberId, room: string): number {
  const name = state.members.get(id)?.name.text
  const since = (name === undefined ? undefined : state.rooms.get(room)?.members.get(name)?.since) ?? state.at
  return since > state.at ? Number.NEGATIVE_INFINITY : since
}

/** The strongest of the word filters that a text matched at ingress, among those that hold here now; null: none does. */
export function filterOn(
  state: State,
  session: SessionId,
  room: string | null,
  matched: readonly number[] = [],
): Filter | null {
  if (state.format < 7 || matched.length === 0) return null
  const places = room === null ? [null] : [null, room]
  // A keeper of a room isn't free of the filters of the server.
  const holding = places.filter(place => !may(state, session, 'unfiltered', { room: place }))
  let strongest: Filter | null = null
  for (const place of holding) {
    const { filters } = rulesOf(state, place)
    for (const number of matched) {
      const filter = filters.get(number)
      if (filter && (strongest === null || STRENGTH[filter.action] > STRENGTH[strongest.action])) strongest = filter
    }
  }
  return strongest
}

const STRENGTH: Readonly<Record<FilterAction, number>> = { warn: 0, hold: 1, refuse: 2 }

/**
 * A text that can't wait for a keeper, because it isn't a message in a room: a topic, a reason, a name, a direct
 * message. A filter that would hold it refuses it. `rooms`: the rooms that would read it.
 */
export function noteFault(
  state: State,
  session: SessionId,
  rooms: readonly (string | null)[],
  matched: readonly number[] | undefined,
): Fault | null {
  for (const room of rooms) {
    const filter = filterOn(state, session, room, matched)
    if (filter && filter.action !== 'warn') return fault('filtered', room === null ? 'this server' : `#${room}`)
  }
  return null
}

/** A name that a member has by now, in a room that it comes to: only the filters of the room count. */
export function namedFault(
  state: State,
  session: SessionId,
  room: string,
  matched: readonly number[] = NO_FILTERS,
): Fault | null {
  if (matched.length === 0) return null
  const { filters } = rulesOf(state, room)
  const own = matched.filter(id => filters.has(id))
  return noteFault(state, session, [room], own)
}

const NO_FILTERS: readonly number[] = []

/** The reason of an act. Somebody who is muted can't write in this way either. */
export function reasonBy(
  state: State,
  input: Input & { readonly reason: string | null },
  room: string | null,
): string | null {
  const member = memberOf(state, input)
  const muted = member && (room === null ? mutedAnywhere(state, member) : mutedFault(state, member.id, room))
  return muted ? null : input.reason
}

/** The places that read a member: its rooms, and the server, whose rules hold for a member without a room too. */
export const readIn = (member: Member): readonly (string | null)[] => [null, ...roomsOf(member)]

/** The reason that a leaving member gives, as far as others may read it. */
export function reasonOf(
  state: State,
  input: { readonly session: SessionId; readonly reason: string | null; readonly filters?: readonly number[] },
  rooms: readonly (string | null)[],
): string | null {
  const member = memberOf(state, input)
  if (state.format < 7 || input.reason === null || !member) return input.reason
  const muted = rooms.some(room => silencedFault(state, member.id, room) !== null)
  return muted || noteFault(state, input.session, rooms, input.filters) ? null : input.reason
}
