/**
 * The turns of a cursor. The holder has its turn until it leaves or ends; without a connection, for as long as
 * CURSOR_GRACE_MS if others wait. Then the first that waits has the next turn, from the place that was reached
 * (docs/spec.md, CU3).
 */
import type { Event, EventOf } from '../../model/event.ts'
import type { MemberId, SessionId } from '../../model/input.ts'
import { CURSOR_GRACE_MS, CURSOR_KEPT_MS, ENDS_AT_ONCE, GUEST_CURSOR_KEPT_MS } from '../../model/limits.ts'
import { type Consumer, type Cursor, cursorKey } from '../../model/state/cursor.ts'
import type { State } from '../../model/state.ts'
import { firstDue } from '../due.ts'
import { withEnd, withoutEnd } from '../keeping/ends.ts'
import { isOfGuest, ofAccount, ofGuest } from './owners.ts'

export const isSame = (one: Consumer | null, other: Pick<Consumer, 'session' | 'as'>): boolean =>
  one?.session === other.session && one.as === other.as

const isThere = ({ until }: Consumer, at: number): boolean => until === null || until > at

/** The cursor with the holder that it should have. */
export function seated(cursor: Cursor, { seq, at }: Pick<State, 'seq' | 'at'>): Cursor {
  const there = cursor.waiting.filter(one => isThere(one, at))
  const keeps = cursor.holder !== null && (there.length === 0 || isThere(cursor.holder, at))
  const [next = null, ...rest] = keeps ? [cursor.holder, ...there] : there
  return { ...cursor, holder: next, turn: keeps || next === null ? cursor.turn : seq, waiting: rest }
}

/** The cursor is like `after` from now on. Sessions whose turn begins or is over learn it. */
export function changes(state: State, before: Cursor | undefined, after: Cursor): readonly Event[] {
  const isNewTurn = after.turn !== before?.turn
  const isOver = before?.holder && (after.holder === null || !isSame(before.holder, after.holder))
  return [
    { type: 'cursored', ...after },
    ...(isOver && before.holder ? told(state, before.holder, before, 'lost') : []),
    ...(isNewTurn && after.holder ? told(state, after.holder, after, 'holding') : []),
  ]
}

/** A program with a token asks by itself. */
export function told(
  { sessions }: State,
  { session, as }: Consumer,
  { name, room, seq, turn }: Cursor,
  is: EventOf<'turned'>['is'],
): readonly Event[] {
  return as === undefined && sessions.has(session) ? [{ type: 'turned', session, name, room, seq, turn, is }] : []
}

/** Nobody has the cursor any more. */
export const removes = (state: State, cursor: Cursor): readonly Event[] => [
  { type: 'uncursored', name: cursor.name, owner: cursor.owner },
  ...[cursor.holder, ...cursor.waiting].flatMap(one => (one ? told(state, one, cursor, 'removed') : [])),
]

type Gone = {
  /** They don't want any cursor any more. */
  readonly sessions: ReadonlySet<SessionId>
  readonly lost: ReadonlySet<SessionId>
  readonly back: ReadonlySet<SessionId>
  /** Members, with the rooms that they have left. */
  readonly parted: readonly (readonly [MemberId, string])[]
  readonly accounts: ReadonlySet<string>
}

/** Sessions and members that came and went by these events; null: none. */
function goneBy(events: readonly Event[]): Gone | null {
  const [sessions, lost, back, accounts] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()]
  const parted: [MemberId, string][] = []
  for (const event of events) {
    if (event.type === 'ended' || event.type === 'lapsed') sessions.add(event.session)
    else if (event.type === 'revoked') sessions.add(event.grant)
    else if (event.type === 'detached') lost.add(event.session)
    else if (event.type === 'resumed') back.add(event.session)
    else if (event.type === 'parted') parted.push([event.member, event.room])
    else if (event.type === 'account-removed') accounts.add(ofAccount(event.account))
  }
  const isNobody = sessions.size + lost.size + back.size + accounts.size + parted.length === 0
  return isNobody ? null : { sessions, lost, back, parted, accounts }
}

/** The changes of cursors that follow from the other events of an input; a tick also ends those whose time is over. */
export function withTurns(state: State, isTick: boolean, events: readonly Event[]): readonly Event[] {
  if (state.cursors.size === 0) return events
  const gone = goneBy(events)
  const due = isTick ? dueOf(state) : []
  if (!gone && due.length === 0) return events
  const concerned = gone ? [...state.cursors.keys()].sort() : due
  return [...events, ...concerned.flatMap(key => changesTo(state, key, gone, due.includes(key)))]
}

const dueOf = (state: State): readonly string[] =>
  firstDue(state.ends, state.at, ENDS_AT_ONCE)
    .filter(key => key.startsWith(END))
    .map(key => key.slice(END.length))

function changesTo(state: State, key: string, gone: Gone | null, isDue: boolean): readonly Event[] {
  const cursor = state.cursors.get(key)
  if (!cursor) return []
  const left = gone ? without(state, cursor, gone) : cursor
  if (gone?.accounts.has(cursor.owner)) return removes(state, left)
  if (left === cursor && !isDue) return []
  const after = seated(left, state)
  if (isDue && (endOf(after) ?? Number.POSITIVE_INFINITY) <= state.at) return removes(state, after)
  // A session that ends with this input learns nothing more.
  const hasEnded = gone?.sessions.has(cursor.holder?.session ?? '') === true
  return changes(state, hasEnded ? left : cursor, after)
}

/** The same cursor, if none of its programs is concerned. */
function without(state: State, cursor: Cursor, gone: Gone): Cursor {
  const all = [cursor.holder, ...cursor.waiting]
  const has = ({ session }: Consumer): boolean =>
    gone.sessions.has(session) || gone.lost.has(session) || gone.back.has(session) || hasParted(session)
  const hasParted = (session: SessionId): boolean =>
    gone.parted.some(([member, room]) => room === cursor.room && state.sessions.get(session)?.member === member)
  if (!all.some(one => one !== null && has(one))) return cursor
  const kept = (one: Consumer | null): readonly Consumer[] => {
    if (one === null || gone.sessions.has(one.session) || hasParted(one.session)) return []
    if (gone.lost.has(one.session)) return [{ ...one, until: state.at + CURSOR_GRACE_MS }]
    return gone.back.has(one.session) ? [{ ...one, until: null }] : [one]
  }
  const [holder = null] = kept(cursor.holder)
  return { ...cursor, holder, waiting: cursor.waiting.flatMap(kept) }
}

const END = 'cursor:'

/** When its turn passes on, or nobody has used it for too long; null: it doesn't end by itself. */
function endOf(cursor: Cursor): number | null {
  const { holder, waiting, used } = cursor
  if (holder && holder.until === null) return null
  if (holder && waiting.length > 0) return holder.until
  return used + (isOfGuest(cursor) ? GUEST_CURSOR_KEPT_MS : CURSOR_KEPT_MS)
}

export function evolveCursors(state: State, event: EventOf<'cursored' | 'uncursored'>): State {
  const key = cursorKey(event)
  if (event.type === 'uncursored') return { ...withoutEnd(state, END + key), cursors: state.cursors.delete(key) }
  const { type: _, ...cursor } = event
  return { ...withEnd(state, END + key, endOf(cursor)), cursors: state.cursors.set(key, cursor) }
}

/** The cursors of a guest are those of its account from now on. */
export function withOwnCursors(state: State, { member: id }: EventOf<'registered'>): State {
  const guest = ofGuest(state.members.get(id)?.name.keys[0] ?? '')
  const own = state.cursors.filter(one => one.owner === guest)
  return own.reduce((now, cursor) => {
    const without = evolveCursors(now, { type: 'uncursored', name: cursor.name, owner: guest })
    return evolveCursors(without, { type: 'cursored', ...cursor, owner: ofAccount(id) })
  }, state)
}

/** Moves the times to another clock. All waits keep their length. */
export const movedCursor =
  (ms: number) =>
  (cursor: Cursor): Cursor => {
    const later = (one: Consumer): Consumer => (one.until === null ? one : { ...one, until: one.until + ms })
    const holder = cursor.holder && later(cursor.holder)
    return { ...cursor, used: cursor.used + ms, holder, waiting: cursor.waiting.map(later) }
  }
