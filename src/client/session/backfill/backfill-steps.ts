/** Fetches the missed messages step by step: asks for the next page, or shows everything. */

import { askFirst } from '../outbox/outbox.ts'
import { andAdvance, tell } from '../requests.ts'
import type { Next, Session, SessionEffect } from '../state.ts'
import { caughtUp, nextQuestion } from './backfill.ts'

/** The id of a ping. Its pong arrives after everything that the server lists of a gap unasked. */
export const GAP_MARK = 'gap'

/** From now on all rooms with missed messages are known. */
export const allListed = (at: Session): Session =>
  at.catchingUp ? { ...at, catchingUp: { ...at.catchingUp, listed: true } } : at

/** Carries out `effects` and continues. */
export function pursue(at: Session, effects: readonly SessionEffect[], now: number): Next {
  const { catchingUp, outbox } = at
  const isAsking = [...outbox.inHand, ...outbox.ahead].some(({ id }) => id === null)
  if (!catchingUp?.listed || isAsking) return andAdvance(at, effects, now)
  const question = (at.wish.catchUp ?? true) ? nextQuestion(catchingUp) : null
  if (question) return andAdvance({ ...at, outbox: askFirst(outbox, question) }, effects, now)
  return andAdvance({ ...at, catchingUp: null }, [...effects, ...caughtUp(catchingUp).map(tell)], now)
}
