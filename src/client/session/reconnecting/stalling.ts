/**
 * A server that is cut off from the others of its chat (docs/protocol.md, Several servers). The client waits: often all
 * of them are, until the log has another leader. When it lasts, the client looks for a server that isn't, and stays
 * where it is until there is one: here it can at least read.
 */
import { MOVE_AFTER_MS } from '../../../model/limits.ts'
import { end } from '../requests.ts'
import { loginLost } from '../signing-in.ts'
import type { Next, Session, SessionEffect } from '../state.ts'
import { adrift, comesBack, dialAt, hasLeft, hasUnanswered } from './reconnect.ts'
import { others } from './roaming.ts'

/** Milliseconds until the first search, more or less, if the client isn't in yet: it has nothing to read. */
export const SEARCH_OUTSIDE_MS = 3000
const ASKED_AT_ONCE = 4
/** The time between two searches doubles so often. */
const DOUBLINGS_MAX = 3

export function onStalled(at: Session, isOver: boolean, now: number, random: number): Next {
  const { status } = at
  if (isOver) {
    const lostAt = status.state === 'online' ? null : at.lostAt
    return [{ ...at, searches: null, lostAt, status: withoutStall(status) }, []]
  }
  const stalled: Session = canStall(status) ? { ...at, status: { ...status, stalled: true } } : at
  if (at.searches !== null) return [stalled, []]
  const waiting: Session = { ...stalled, searches: 0, lostAt: at.lostAt ?? now }
  return [waiting, [later(waiting, now, random)]]
}

function withoutStall(status: Session['status']): Session['status'] {
  if (!canStall(status)) return status
  const { stalled: _, ...others } = status
  return others
}

type WithServer = Extract<Session['status'], { state: 'online' | 'connecting' }>

const canStall = (status: Session['status']): status is WithServer =>
  status.state === 'online' || status.state === 'connecting'

/** Asks other servers, a few at once: the addresses come from a server, which may be a hostile one. When the patience is over, the session ends as if the server were gone. */
export function search(at: Session, now: number, random: number): Next {
  if (at.searches === null) return [at, []]
  if (now >= until(at, now)) return end(at, { by: 'network', message: CUT_OFF, exit: hasUnanswered(at) ? 6 : 3 })
  const searching: Session = { ...at, searches: at.searches + 1 }
  const addresses = comesBack(at) ? turn(others(at.roaming), at.searches) : []
  const effects: readonly SessionEffect[] = addresses.length === 0 ? [] : [{ type: 'search', addresses }]
  return [searching, [...effects, later(searching, now, random)]]
}

/** The servers that are asked in this search. */
function turn<T>(all: readonly T[], searches: number): readonly T[] {
  const first = (searches * ASKED_AT_ONCE) % Math.max(1, all.length)
  return [...all.slice(first), ...all.slice(0, first)].slice(0, ASKED_AT_ONCE)
}

const CUT_OFF = 'the server is cut off'

/** An election ends nobody's session, however impatient its user is. */
const until = ({ wish, lostAt }: Session, now: number): number =>
  (lostAt ?? now) + Math.max(MOVE_AFTER_MS, wish.patience ?? Number.POSITIVE_INFINITY)

/** Half of the time is random, so that the clients of one server don't all search at once. */
function later(at: Session, now: number, random: number): SessionEffect {
  const first = at.status.state === 'online' ? MOVE_AFTER_MS : SEARCH_OUTSIDE_MS
  const ms = Math.round(first * 2 ** Math.min(at.searches ?? 0, DOUBLINGS_MAX) * (0.75 + random / 2))
  return { type: 'alarm', alarm: 'search', ms: Math.min(ms, until(at, now) - now) }
}

/** The server at `address` isn't cut off. Null: the one that the user has named. */
export function goTo(before: Session, address: string | null, now: number): Next {
  if (before.searches === null) return [before, []]
  const { session: at, reports } = loginLost(before)
  if (hasLeft(at)) return end(at, { by: 'user', exit: 0 })
  const attempt = at.attempt + 1
  const going: Session = {
    ...adrift(at, now),
    ...{ attempt, roaming: { ...at.roaming, at: address }, status: { state: 'connecting', attempt } },
  }
  return [going, [...reports, { type: 'hang-up' }, dialAt(address)]]
}
