/**
 * Bounds for all connections of one address together: beyond the rate of the address, requests of any of them are
 * refused; so are rooms beyond its share. Leaving is always allowed. A trusted proxy has no bound.
 */
import type { Refusal } from '../../../model/error.ts'
import type { Body } from '../../../model/input.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'

/**
 * Leaving is always allowed. The others were counted when they were asked for: by now the text of a deletion is erased,
 * and a password is hashed.
 */
const UNCOUNTED: ReadonlySet<Body['type']> = new Set(['quit', 'logout', 'delete', 'register', 'credential'])

/** A hello and a login are counted by their own effects. */
const COUNTED: ReadonlySet<Effect['type']> = new Set(['submit', 'query', 'delete', 'account', 'read'])

export class AddressBounds {
  readonly #of: Pick<ConnectionContext, 'server' | 'link'>

  constructor(connection: Pick<ConnectionContext, 'server' | 'link'>) {
    this.#of = connection
  }

  /** The effect, or the refusal that replaces it. */
  bounded(effect: Effect): Effect {
    const refusal = this.#refusalOf(effect)
    return refusal === null ? effect : { type: 'refuse', n: 'n' in effect ? effect.n : null, ...refusal }
  }

  /** Null: it may say hello. */
  mayGreet(): Refusal | null {
    return this.#isTooFast() ? { code: 'address-too-fast', detail: '' } : null
  }

  /** Null: it may enter these rooms, and make those that are new. */
  mayEnter(rooms: readonly string[]): Refusal | null {
    const { clock, founders, settled, state, trusts } = this.#of.server
    const { address } = this.#of.link
    if (trusts(address)) return null
    if (!founders.claim(address, rooms, state())) return { code: 'rooms-of-address', detail: `${founders.most}` }
    // By the end of the turn, the input that makes the rooms has been submitted.
    clock.turn(() => settled(() => founders.settled(address, rooms)))
    return null
  }

  #isTooFast(): boolean {
    const { clock, rates, trusts } = this.#of.server
    const { address } = this.#of.link
    return !trusts(address) && !rates.take(address, clock.elapsed())
  }

  #refusalOf(effect: Effect): Refusal | null {
    if (!COUNTED.has(effect.type)) return null
    if (effect.type === 'submit' && UNCOUNTED.has(effect.body.type)) return null
    if (this.#isTooFast()) {
      return { code: 'slow-down', detail: `${this.#of.server.rates.rate?.perSecond} for your whole address` }
    }
    return effect.type === 'submit' && effect.body.type === 'join' ? this.mayEnter([effect.body.room]) : null
  }
}
