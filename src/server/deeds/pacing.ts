/**
 * What those who come from one address ask together. Beyond the rate of their address they are refused, whichever of them
 * asks; and so are rooms beyond its share. To leave is always allowed. A proxy that is trusted has no bound of its own.
 */
import type { ErrorCode } from '../../model/error.ts'
import type { Guest } from '../house.ts'
import type { Deed } from '../talk/conversation.ts'

type Refusal = { readonly code: ErrorCode; readonly detail: string }

export type Pacing = {
  /** The deed, or the refusal that takes its place. */
  readonly paced: (deed: Deed) => Deed
  /** Null: it may say hello. */
  readonly mayGreet: () => Refusal | null
  /** Null: it may enter these rooms, some of which it makes. */
  readonly mayEnter: (rooms: readonly string[]) => Refusal | null
}

export function pacing({ house, link }: Pick<Guest, 'house' | 'link'>): Pacing {
  const { clock, rates, founders, trusts } = house
  const isTooFast = (): boolean => !trusts(link.address) && !rates.take(link.address, clock.elapsed())

  function mayEnter(rooms: readonly string[]): Refusal | null {
    const { address } = link
    if (trusts(address)) return null
    if (!founders.claim(address, rooms, house.state())) return { code: 'rooms-of-address', detail: `${founders.most}` }
    // By the end of the turn the input that makes them has been handed in.
    clock.turn(() => house.settled(() => founders.settled(address, rooms)))
    return null
  }

  function refusalOf(deed: Deed): Refusal | null {
    if (deed.do !== 'submit' && deed.do !== 'query' && deed.do !== 'delete') return null
    // A deletion was counted when it was asked for; now its text is gone.
    if (deed.do === 'submit' && (deed.body.type === 'quit' || deed.body.type === 'delete')) return null
    if (isTooFast()) return { code: 'slow-down', detail: `${rates.rate?.perSecond}, all of your address together,` }
    return deed.do === 'submit' && deed.body.type === 'join' ? mayEnter([deed.body.room]) : null
  }

  return {
    paced(deed) {
      const refusal = refusalOf(deed)
      return refusal === null ? deed : { do: 'refuse', n: 'n' in deed ? deed.n : null, ...refusal }
    },
    mayGreet: () => (isTooFast() ? { code: 'address-too-fast', detail: '' } : null),
    mayEnter,
  }
}
