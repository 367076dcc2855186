/** What a client sends: its greeting, its commands as fast as it may, and its goodbye. */
import { type Item, sendNext, toRequest } from './outbox.ts'
import type { Deed, Next, Session } from './session-state.ts'
import type { Ending, Outcome } from './status.ts'

export function greeting({ wish, ticket, cursor }: Session): object {
  const { name, room } = wish
  const history = typeof wish.history === 'number' ? { history: wish.history } : {}
  if (ticket) return { type: 'hello', token: ticket.token, epoch: ticket.epoch, cursor, ...history }
  return { type: 'hello', name, room, ...history }
}

export function report(item: Item | undefined, outcome: (id: number) => Outcome): readonly Deed[] {
  return item ? [{ do: 'report', outcome: outcome(item.id) }] : []
}

export function andAdvance(at: Session, deeds: readonly Deed[], now: number): Next {
  const [after, more] = advance(at, now)
  return [after, [...deeds, ...more]]
}

/** Sends what may be sent now, and leaves if that was wished and nothing is left to be answered. */
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
  const left = at.leaving === 'wished' && outbox.items.length === 0
  if (left) deeds.push({ do: 'send', object: { type: 'bye', ...(at.reason === null ? {} : { reason: at.reason }) } })
  return [{ ...at, outbox, pace, leaving: left ? 'said' : at.leaving }, deeds]
}

export function end(at: Session, ending: Ending): Next {
  return [{ ...at, status: { state: 'ended', end: ending } }, [{ do: 'hang-up' }]]
}
