/** What a client sends: its greeting, its commands as fast as it may, and its goodbye. */
import { caughtUp } from './catching-up.ts'
import { type Item, sendNext, toRequest, unanswered } from './outbox.ts'
import type { Deed, Next, Session } from './session-state.ts'
import type { Spoken } from './spoken.ts'
import type { Ending, Outcome } from './status.ts'

/**
 * Who comes for the first time enters under this name and token; who was in goes on, or enters again. What it says of
 * the history holds for later joins too; of a gap, the client asks for what the server does not give by itself.
 */
export function greeting({ wish, name, token, tokenless, epoch, cursor }: Session): object {
  const count = epoch === '' || wish.catchUp !== false ? wish.history : 0
  const history = typeof count === 'number' ? { history: count } : {}
  const password = typeof wish.password === 'string' ? { password: wish.password } : {}
  return {
    type: 'hello',
    name,
    room: wish.room,
    ...(tokenless ? {} : { token, epoch, cursor }),
    ...history,
    ...password,
  }
}

/** A question of our own has nobody who waits for its outcome. */
export function report(item: Item | undefined, outcome: (id: number) => Outcome): readonly Deed[] {
  return item && item.id !== null ? [{ do: 'report', outcome: outcome(item.id) }] : []
}

export const tell = (spoken: Spoken): Deed => ({ do: 'tell', spoken })

export function andAdvance(at: Session, deeds: readonly Deed[], now: number): Next {
  const [after, more] = advance(at, now)
  return [after, [...deeds, ...more]]
}

/** Sends what may be sent now, and leaves if that was wished and nothing is left to be answered or told. */
export function advance(at: Session, now: number): Next {
  if (at.status.state !== 'online') return [at, []]
  const deeds: Deed[] = []
  let { outbox, pace } = at
  for (let next = sendNext(outbox); next; next = sendNext(outbox)) {
    const taken = pace.take(now)
    if (taken.waitMs > 0) {
      deeds.push({ do: 'alarm', alarm: 'pace', ms: taken.waitMs })
      break
    }
    pace = taken.pace
    outbox = next.outbox
    deeds.push({ do: 'send', object: toRequest(next.item) })
  }
  const left = at.leaving === 'wished' && !at.catchingUp && unanswered(outbox) === 0
  if (left) deeds.push({ do: 'send', object: { type: 'bye', ...(at.reason === null ? {} : { reason: at.reason }) } })
  return [{ ...at, outbox, pace, leaving: left ? 'said' : at.leaving }, deeds]
}

/** What was held back until all that was missed is there is told now: there will be no more. */
export function end(at: Session, ending: Ending): Next {
  const held = at.catchingUp ? caughtUp(at.catchingUp) : []
  return [{ ...at, catchingUp: null, status: { state: 'ended', end: ending } }, [...held.map(tell), { do: 'hang-up' }]]
}
