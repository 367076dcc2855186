/** After a lost connection: another attempt, each later than the one before, or the end. */

import type { ReplyOf } from '../../../codec/native/reply.ts'
import { doubt, unanswered } from '../outbox/outbox.ts'
import { end } from '../requests.ts'
import { loginLost } from '../signing-in.ts'
import type { Next, Session, SessionEffect } from '../state.ts'
import { backoff } from './backoff.ts'
import { hasMore, onwards, roundsOf } from './roaming.ts'

/** Milliseconds within which the clients of a server that is gone try the next one. */
const HOP_MS = 250

export function lost(before: Session, why: string, now: number, random: number): Next {
  const { session: at, reports } = loginLost(before)
  if (hasLeft(at)) return end(at, { by: 'user', exit: 0 })
  const until = (at.lostAt ?? now) + (at.entered || at.awaitingName ? patienceOf(at) : Number.POSITIVE_INFINITY)
  if (!comesBack(at) || now >= until) return end(at, { by: 'network', message: why, exit: hasUnanswered(at) ? 6 : 3 })
  const [waiting, effects] = later(at, until, why, now, random)
  return [waiting, [...reports, ...effects]]
}

const patienceOf = ({ wish }: Session): number => wish.patience ?? Number.POSITIVE_INFINITY

/** Another attempt. */
function later(at: Session, until: number, why: string, now: number, random: number): Next {
  // The last attempt is made when the patience ends, not before.
  const { roaming, wish } = at
  const wait = hasMore(roaming, at.attempt)
    ? random * HOP_MS
    : backoff(roundsOf(roaming, at.attempt), random, wish.patience)
  const ms = Math.min(Math.round(wait), until - now)
  const attempt = at.attempt + 1
  const waiting: Session = {
    ...adrift(at, now),
    roaming: onwards(roaming),
    ...{ attempt, status: { state: 'waiting', ms, attempt, why } },
  }
  return [waiting, [{ type: 'hang-up' }, { type: 'alarm', alarm: 'retry', ms }]]
}

/**
 * A former session of this user may have the name, until it's ended or has lapsed. Null: the client doesn't wait for it
 * (any longer).
 */
export function awaitName(at: Session, { code, holder, message }: Rejected, now: number, random: number): Next | null {
  const { awaitsName } = at.wish
  if (awaitsName === undefined || at.entered || code !== 'name-taken' || holder === 'token') return null
  const until = (at.lostAt ?? now) + Math.min(patienceOf(at), holder === 'away' ? awaitsName.away : awaitsName.here)
  return now >= until ? null : later({ ...at, ...AWAITING }, until, message, now, random)
}

/** The hello is answered, so it's not an abandoned one. */
const AWAITING = { awaitingName: true, greeted: false } as const

type Rejected = Pick<ReplyOf<'rejected'>, 'code' | 'holder' | 'message'>

/** The session without its connection. */
export const adrift = (at: Session, now: number): Session => ({
  ...at,
  ...{ greeted: false, abandoned: at.greeted ? oneMore(at.abandoned, now) : at.abandoned },
  ...{ lostAt: at.lostAt ?? now, searches: null },
  outbox: doubt(at.outbox),
  // Replies that were held back haven't been shown yet. They come again, with the missed messages not read yet.
  ...{ cursor: at.catchingUp?.from ?? at.cursor, catchingUp: null, interrupted: at.catchingUp ?? at.interrupted },
})

/** Milliseconds in which a server may still carry out a hello whose client is gone. */
const ABANDONED_MS = 60_000

const oneMore = ({ count, until }: Session['abandoned'], now: number): Session['abandoned'] => ({
  count: (now < until ? count : 0) + 1,
  until: now + ABANDONED_MS,
})

/**
 * The session goes on at another connection. If that may be one that this client has given up, it takes the session back:
 * once for each.
 */
export function takenBack(at: Session, why: string, now: number, random: number): Next | null {
  const { count, until } = at.abandoned
  if (count === 0 || now >= until || !comesBack(at)) return null
  return lost({ ...at, abandoned: { count: count - 1, until } }, why, now, random)
}

export const comesBack = ({ wish, entered, awaitingName }: Session): boolean =>
  wish.reconnect && (entered || awaitingName || (wish.insist ?? wish.reconnect))

/** A client that has been in, and wants to leave with nothing unanswered, needs no connection for that. */
export const hasLeft = ({ leaving, entered, outbox, catchingUp }: Session): boolean =>
  leaving === 'said' || (leaving === 'wished' && entered && !catchingUp && unanswered(outbox) === 0)

/** Whether commands are left whose outcome is unknown. Before the first welcome none were sent. */
export const hasUnanswered = ({ entered, outbox }: Session): boolean => entered && unanswered(outbox) > 0

/** Stops waiting and connects now. */
export function retry(at: Session): Next {
  if (at.status.state !== 'waiting') return [at, []]
  return [{ ...at, status: { state: 'connecting', attempt: at.attempt } }, [dialAt(at.roaming.at)]]
}

/** Null: the server that the user has named. */
export const dialAt = (address: string | null): SessionEffect =>
  address === null ? { type: 'dial' } : { type: 'dial', address }
