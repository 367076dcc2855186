/**
 * Erases the texts that the state says nobody needs any more: the networks of sanctions that are over, and held messages
 * that were released or dropped. The state has them until it's confirmed, so a server that stopped in the middle, or its
 * successor, goes on at the next start.
 */
import { type Observable, takeUntil } from 'rxjs'
import type { Body } from '../../model/input.ts'
import { ERASURE_RETRY_MS, PIECE_ROWS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { Hub } from '../commit/hub.ts'

type Deps = {
  readonly hub: Pick<Hub, 'state$' | 'settled'>
  readonly clock: Pick<Clock, 'turn' | 'alarm'>
  /** Erases the texts from everything that is stored. If that fails, it rejects; the failure has been reported. */
  readonly erase: (...targets: readonly number[]) => Promise<void>
  /** Submits an input in the host's name. */
  readonly submit: (body: Body) => void
  /** Whether this server is the one that erases. */
  readonly leads: () => boolean
  readonly closing$: Observable<void>
}

/** From now on. One piece at a time; after a failure, later. */
export function eraseSpent({ hub, clock, erase, submit, leads, closing$ }: Deps): void {
  let [isBusy, isClosed] = [false, false]
  let unalarm = (): void => {}
  const settled = (): Promise<void> => new Promise(resolve => hub.settled(resolve))
  const isOver = (): boolean => isClosed || hub.state$.value.obsolete.size === 0 || !leads()

  async function work(): Promise<void> {
    while (!isOver()) {
      const targets = firstOf(hub.state$.value)
      await erase(...targets)
      if (isClosed) return
      submit({ type: 'spent', targets })
      await settled()
      const { obsolete } = hub.state$.value
      if (targets.some(target => obsolete.has(target))) throw new Error('it could not be stored')
    }
  }

  function begin(): void {
    work().then(
      () => {
        isBusy = false
        // What came while the last piece was confirmed.
        look()
      },
      () => {
        if (isClosed) return
        unalarm = clock.alarm(ERASURE_RETRY_MS, begin)
      },
    )
  }

  function look(): void {
    if (isBusy || isOver()) return
    isBusy = true
    clock.turn(begin)
  }

  closing$.subscribe(() => {
    isClosed = true
    unalarm()
  })
  hub.state$.pipe(takeUntil(closing$)).subscribe(look)
}

/** The oldest ones. */
const firstOf = ({ obsolete }: State): readonly number[] =>
  obsolete
    .toArray()
    .sort((a, b) => a - b)
    .slice(0, PIECE_ROWS)
