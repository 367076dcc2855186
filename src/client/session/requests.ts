/** Messages that a client sends: its hello, its commands as fast as the server allows, and its goodbye. */
import { LIVE_PIECE_COST } from '../../model/limits.ts'
import { caughtUp } from './backfill/backfill.ts'
import type { Incoming } from './incoming.ts'
import { type Item, sendNext, toRequest, unanswered } from './outbox/outbox.ts'
import { sendReads } from './reads.ts'
import { isWhole, type Next, type Session, type SessionEffect } from './state.ts'
import type { AskOutcome, Ending } from './status.ts'

/**
 * On the first connection, the session begins with this name and token. Later, it resumes or returns. The history count
 * also holds for later joins. In a gap, the client asks for the pages that the server doesn't send unasked.
 */
export function greeting(at: Session): object {
  const { wish, name, token, tokenless, epoch, cursor, account, entered } = at
  const count = epoch === '' || wish.catchUp !== false ? wish.history : 0
  const history = typeof count === 'number' ? { history: count } : {}
  const password = typeof wish.password === 'string' ? { password: wish.password } : {}
  const invite = typeof wish.invite === 'string' ? { invite: wish.invite } : {}
  return {
    type: 'hello',
    ...(name === '' ? {} : { name }),
    room: wish.room,
    ...(tokenless ? {} : { token, epoch, cursor }),
    ...(!tokenless && isWhole(at) ? { whole: true } : {}),
    ...history,
    ...password,
    ...(account === null ? {} : { account }),
    ...(wish.register && !entered && account === null ? { register: wish.register } : {}),
    ...invite,
  }
}

/** A question of the client itself reports no outcome. */
export function report(item: Item | undefined, outcome: (id: number) => AskOutcome): readonly SessionEffect[] {
  return item && item.id !== null ? [{ type: 'report', outcome: outcome(item.id) }] : []
}

export const tell = (spoken: Incoming): SessionEffect => ({ type: 'tell', spoken })

export function andAdvance(at: Session, effects: readonly SessionEffect[], now: number): Next {
  const [after, more] = advance(at, now)
  return [after, [...effects, ...more]]
}

/**
 * Sends all messages that may be sent now. Leaves if the user wished it and nothing is left to be answered or shown.
 */
export function advance(at: Session, now: number): Next {
  if (at.status.state !== 'online') return [at, []]
  const effects: SessionEffect[] = []
  let { outbox, pace } = at
  const mayLogIn = at.catchingUp === null
  for (let next = sendNext(outbox, mayLogIn); next; next = sendNext(outbox, mayLogIn)) {
    const taken = pace.take(now, next.item.asked.type === 'grow' ? LIVE_PIECE_COST : 1)
    if (taken.waitMs > 0) {
      effects.push({ type: 'alarm', alarm: 'pace', ms: taken.waitMs })
      break
    }
    pace = taken.pace
    outbox = next.outbox
    effects.push({ type: 'send', object: toRequest(next.item) })
  }
  const left = at.leaving === 'wished' && !at.catchingUp && unanswered(outbox) === 0
  if (!left) return [{ ...at, outbox, pace }, effects]
  const [told, reads] = sendReads(at, null)
  effects.push(...reads, {
    type: 'send',
    object: { type: 'bye', ...(at.reason === null ? {} : { reason: at.reason }) },
  })
  return [{ ...told, outbox, pace, leaving: 'said' }, effects]
}

/** Shows the replies that were held back for missed messages: no more of those will come. */
export function end(at: Session, ending: Ending): Next {
  const held = at.catchingUp ? caughtUp(at.catchingUp) : []
  return [
    { ...at, catchingUp: null, status: { state: 'ended', end: ending } },
    [...held.map(tell), { type: 'hang-up' }],
  ]
}
