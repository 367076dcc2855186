/** The state after an event of one session: its member, its grace, and the results of its commands. */
import { Set as ISet } from 'immutable'
import { doneAt, type EventOf, type Result, type SessionEvent } from '../model/event.ts'
import type { SessionId } from '../model/input.ts'
import { LAPSED_MAX } from '../model/limits.ts'
import type { Name } from '../model/name/name.ts'
import { readsFrom } from '../model/state/reads.ts'
import { Results } from '../model/state/results.ts'
import type { Lapsed, Member, Session, State } from '../model/state.ts'
import { withUse, withUseAgain } from './accounts/expiry.ts'
import { withoutTime, withTime } from './due.ts'
import { evolveIgnored } from './keeping/messages/ignoring.ts'
import { evolveMatched } from './keeping/sanctions/matching.ts'
import { withPresence } from './rules/founding.ts'
import { roomsOf, sessionOf } from './rules/lookup.ts'
import { namesWith, withMember } from './rules/names.ts'
import { evolveRead, withoutReads } from './rules/reads.ts'

export function evolveSession(state: State, event: SessionEvent): State {
  switch (event.type) {
    case 'welcomed':
      return welcome(state, event)
    case 'resumed':
      return resume(state, event)
    case 'returned':
      return comeBack(state, event)
    case 'detached':
      return { ...state, due: withTime(state.due, event.session, event.until) }
    case 'lapsed':
      return lapse(state, event.session, event.until)
    case 'ended':
      return end(state, event.session)
    case 'done':
      return keep(state, event.session, doneAt(state.seq, event))
    case 'rejected': {
      const { session, n, code, detail } = event
      return n === null ? state : keep(state, session, { n, seq: state.seq, code, detail })
    }
    case 'read':
      return evolveRead(state, event)
    case 'matched':
      return evolveMatched(state, event)
    case 'ignored':
      return evolveIgnored(state, event)
    case 'repeated':
    case 'turned':
      return state
  }
}

function welcome(state: State, event: EventOf<'welcomed'>): State {
  const { session, member, name, origin, protocol, token, credential, invite, nets } = event
  const results = Results.of([])
  const by = {
    ...(credential === undefined ? {} : { credential }),
    ...(invite === undefined ? {} : { invite }),
    ...(nets && { nets }),
  }
  const fresh: Session = { id: session, member, origin, via: session, protocol, token, ...by, last: 0, results }
  // A lapsed session that is too old to return leaves its token to the new session.
  const known = token === null ? undefined : state.lapsed.get(state.tokens.get(token) ?? '')
  return withUse(admit(known ? forgotten(state, known) : state, fresh, name), fresh)
}

function comeBack(state: State, { session: id, via, origin, name, nets }: EventOf<'returned'>): State {
  const lapsed = state.lapsed.get(id)
  if (!lapsed) return state
  const back = admit(forget(state, lapsed), inNets({ ...lapsed.session, via, origin }, nets), name)
  return withUseAgain(back, lapsed.session.member)
}

/** Adds a session and, unless it's here, the member behind it, which is in no room yet. */
function admit(state: State, session: Session, name: Name): State {
  const { id, member, token } = session
  const here = state.members.get(member)
  const fresh: Member = { id: member, name, away: null, rooms: ISet<string>(), sessions: ISet<SessionId>([id]) }
  const hasReads = state.format < 4 || state.reads.has(member)
  const admitted: State = {
    ...state,
    members: state.members.set(member, here ? { ...here, sessions: here.sessions.add(id) } : fresh),
    sessions: state.sessions.set(id, session),
    names: here ? state.names : namesWith(state.names, name, member),
    tokens: token === null ? state.tokens : state.tokens.set(token, id),
    reads: hasReads ? state.reads : state.reads.set(member, readsFrom(state.seq)),
  }
  return withPresence(admitted, member)
}

function resume(state: State, { session: id, via, origin, nets }: EventOf<'resumed'>): State {
  const session = state.sessions.get(id)
  if (!session) return state
  const resumed = {
    ...state,
    sessions: state.sessions.set(id, inNets({ ...session, origin, via }, nets)),
    due: withoutTime(state.due, id),
  }
  return withUseAgain(resumed, session.member)
}

/** The session has the networks of its new connection's address. */
function inNets({ nets: _, ...session }: Session, nets: readonly number[] | undefined): Session {
  return nets ? { ...session, nets } : session
}

function end(state: State, id: SessionId): State {
  const lapsed = state.lapsed.get(id)
  if (lapsed) return forgotten(state, lapsed)
  const session = state.sessions.get(id)
  if (!session) return state
  return withoutReads(detach(state, session), session.member)
}

/** A member's session is none any more. Until now its account was in use. */
function detach(state: State, session: Session): State {
  const { id, member } = session
  const apart = withMember(withUseAgain(state, member), member, m => ({ ...m, sessions: m.sessions.delete(id) }))
  return {
    ...apart,
    sessions: apart.sessions.delete(id),
    tokens: session.token === null ? apart.tokens : apart.tokens.delete(session.token),
    due: withoutTime(apart.due, id),
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
  const kept = over.reduce(forgotten, detach(state, session))
  const left = state.format < 7 ? {} : { left: state.seq }
  const lapsed: Lapsed = { session, name: member.name, rooms: roomsOf(member), ...left, until }
  const tokens = session.token === null ? kept.tokens : kept.tokens.set(session.token, id)
  return { ...kept, lapsed: kept.lapsed.set(id, lapsed), tokens }
}

/** The session will not return. */
const forgotten = (state: State, lapsed: Lapsed): State => withoutReads(forget(state, lapsed), lapsed.session.member)

function forget(state: State, { session: { id, token } }: Lapsed): State {
  const tokens = token === null ? state.tokens : state.tokens.delete(token)
  return { ...state, lapsed: state.lapsed.delete(id), tokens }
}

function keep(state: State, id: SessionId, result: Result): State {
  const session = sessionOf(state, id)
  if (!session || result.n <= session.last) return state
  const results = session.results.with(result)
  return { ...state, sessions: state.sessions.set(id, { ...session, last: result.n, results }) }
}
