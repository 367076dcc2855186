/**
 * Bounds for all connections of one address together: beyond the rate of the address, requests of any of them are
 * refused; so are rooms beyond its share. Leaving is always allowed. A trusted proxy has no bound.
 */
import type { Refusal } from '../../../model/error.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'

export type Pacing = {
  /** The effect, or the refusal that replaces it. */
  readonly paced: (effect: Effect) => Effect
  /** Null: it may say hello. */
  readonly mayGreet: () => Refusal | null
  /** Null: it may enter these rooms, some of which it may make. */
  readonly mayEnter: (rooms: readonly string[]) => Refusal | null
}

export function pacing({ server, link }: Pick<ConnectionContext, 'server' | 'link'>): Pacing {
  const { clock, rates, founders, trusts } = server
  const isTooFast = (): boolean => !trusts(link.address) && !rates.take(link.address, clock.elapsed())

  function mayEnter(rooms: readonly string[]): Refusal | null {
    const { address } = link
    if (trusts(address)) return null
    if (!founders.claim(address, rooms, server.state())) return { code: 'rooms-of-address', detail: `${founders.most}` }
    // By the end of the turn, the input that makes the rooms has been submitted.
    clock.turn(() => server.settled(() => founders.settled(address, rooms)))
    return null
  }

  function refusalOf(effect: Effect): Refusal | null {
    if (effect.type !== 'submit' && effect.type !== 'query' && effect.type !== 'delete') return null
    // A deletion was counted when it was asked for; by now its text is erased.
    if (effect.type === 'submit' && (effect.body.type === 'quit' || effect.body.type === 'delete')) return null
    if (isTooFast()) return { code: 'slow-down', detail: `${rates.rate?.perSecond} for your whole address` }
    return effect.type === 'submit' && effect.body.type === 'join' ? mayEnter([effect.body.room]) : null
  }

  return {
    paced(effect) {
      const refusal = refusalOf(effect)
      return refusal === null ? effect : { type: 'refuse', n: 'n' in effect ? effect.n : null, ...refusal }
    },
    mayGreet: () => (isTooFast() ? { code: 'address-too-fast', detail: '' } : null),
    mayEnter,
  }
}
