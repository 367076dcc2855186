/**
 * Deliveries for which places are counted: PLACES_AT_ONCE a turn of the event loop, for all members together. The rest
 * of a step is delivered before the next step is prepared, so the order stays.
 */
import { PLACES_AT_ONCE } from '../../../model/limits.ts'
import type { Delivery } from '../turn.ts'

/** The deliveries of one place after another; each is made when it is asked for. */
export type Counted = Iterator<readonly Delivery[], void>

export class Counting {
  #left: Counted | null = null
  /** Places that were counted since `endTurn`. */
  #done = 0

  get hasCountedEnough(): boolean {
    return this.#done >= PLACES_AT_ONCE || this.#left !== null
  }

  /** The event loop has gone round. */
  endTurn(): void {
    this.#done = 0
  }

  /** The deliveries that this turn has room for. `goOn` gives the others. */
  begin(places: Counted): readonly Delivery[] {
    this.#left = places
    return this.goOn()
  }

  goOn(): readonly Delivery[] {
    const deliveries: Delivery[] = []
    while (this.#left && this.#done < PLACES_AT_ONCE) {
      const { done, value } = this.#left.next()
      if (done) this.#left = null
      else {
        this.#done++
        deliveries.push(...value)
      }
    }
    return deliveries
  }

  /** Whether everything is delivered. */
  get isThrough(): boolean {
    return this.#left === null
  }
}
