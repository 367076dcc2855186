/** Making good what was missed, step by step: the next page, or all of it told. */
import { caughtUp, nextQuestion } from './catching-up.ts'
import { askFirst } from './outbox.ts'
import { andAdvance, tell } from './sending.ts'
import type { Deed, Next, Session } from './session-state.ts'

/** The id of a ping whose answer comes behind all that a welcome tells of a gap by itself. */
export const GAP_MARK = 'gap'

/** From now on it is known in which rooms something was missed. */
export const allListed = (at: Session): Session =>
  at.catchingUp ? { ...at, catchingUp: { ...at.catchingUp, listed: true } } : at

/** Does `deeds`, and goes on. */
export function pursue(at: Session, deeds: readonly Deed[], now: number): Next {
  const { catchingUp, outbox } = at
  const isAsking = [...outbox.inHand, ...outbox.ahead].some(({ id }) => id === null)
  if (!catchingUp?.listed || isAsking) return andAdvance(at, deeds, now)
  const question = (at.wish.catchUp ?? true) ? nextQuestion(catchingUp) : null
  if (question) return andAdvance({ ...at, outbox: askFirst(outbox, question) }, deeds, now)
  return andAdvance({ ...at, catchingUp: null }, [...deeds, ...caughtUp(catchingUp).map(tell)], now)
}
