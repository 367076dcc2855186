/**
 * Works off the tasks in the state. A task stays there until it's confirmed, so a server that stopped in the middle, or
 * its successor, goes on at the next start.
 */
import { type Observable, takeUntil } from 'rxjs'
import type { Body } from '../../model/input.ts'
import { ERASURE_RETRY_MS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { Hub } from '../commit/hub.ts'
import { settled } from './bulk-deletion.ts'

export type WorkDeps = {
  readonly hub: Pick<Hub, 'state$' | 'settled'>
  readonly clock: Pick<Clock, 'turn' | 'alarm'>
  /** Submits an input in the host's name. */
  readonly submit: (body: Body) => void
  /** Whether this server is the one that does it. */
  readonly leads: () => boolean
  readonly closing$: Observable<void>
}

type Work<T> = {
  readonly isDone: (state: State) => boolean
  /** The next ones; at least one unless it's done. */
  readonly page: (state: State) => readonly T[]
  readonly has: (state: State, one: T) => boolean
  /** If it fails, it rejects; the failure has been reported. */
  readonly perform: (page: readonly T[]) => Promise<void>
  /** The input that takes them out of the state. */
  readonly confirm: (page: readonly T[]) => Body
}

/** From now on. One page at a time; after a failure, later. */
export function workOff<T>({ hub, clock, submit, leads, closing$ }: WorkDeps, work: Work<T>): void {
  let [isBusy, isClosed] = [false, false]
  let unalarm = (): void => {}
  const isOver = (): boolean => isClosed || work.isDone(hub.state$.value) || !leads()

  async function performAll(): Promise<void> {
    while (!isOver()) {
      const page = work.page(hub.state$.value)
      await work.perform(page)
      if (isClosed) return
      submit(work.confirm(page))
      await settled(hub)
      const state = hub.state$.value
      if (page.some(one => work.has(state, one))) throw new Error('it could not be stored')
    }
  }

  function begin(): void {
    performAll().then(
      () => {
        isBusy = false
        // Tasks that came while the last page was confirmed.
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
