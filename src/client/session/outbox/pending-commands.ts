/** The commands that are not sent or not answered, as streams for the screens. */
import { BehaviorSubject } from 'rxjs'
import type { Clock } from '../../../port/clock.ts'
import { type Outbox, unanswered } from './outbox.ts'
import { type Pending, pending } from './pending.ts'

export class PendingCommands {
  /** Their number. A producer pauses while there are many. */
  readonly waiting$: BehaviorSubject<number>
  /** One by one, in the order of asking, as of the end of the turn. */
  readonly pending$: BehaviorSubject<readonly Pending[]>
  readonly #clock: Clock
  #outbox: Outbox
  #isListing = false

  constructor(clock: Clock, outbox: Outbox) {
    this.#clock = clock
    this.#outbox = outbox
    this.waiting$ = new BehaviorSubject(unanswered(outbox))
    this.pending$ = new BehaviorSubject(pending(outbox))
  }

  /** Listed once a turn: a list for each of a thousand lines at once would cost a million items. */
  changed(outbox: Outbox): void {
    if (this.#outbox === outbox) return
    this.#outbox = outbox
    const waiting = unanswered(outbox)
    if (this.waiting$.value !== waiting) this.waiting$.next(waiting)
    if (!this.#isListing) this.#clock.turn(() => this.list())
    this.#isListing = true
  }

  /** Lists them now, if they have changed. */
  list(): void {
    if (!this.#isListing) return
    this.#isListing = false
    this.pending$.next(pending(this.#outbox))
  }
}
