/**
 * Erases the bytes of files that the state says nobody needs any more. The state has them until it's confirmed, so a server
 * that stopped in the middle, or its successor, goes on at the next start.
 */
import { type Observable, takeUntil } from 'rxjs'
import type { Body } from '../../model/input.ts'
import { ERASURE_RETRY_MS, PIECE_ROWS } from '../../model/limits.ts'
import type { Blobs } from '../../port/blobs.ts'
import type { Clock } from '../../port/clock.ts'
import type { Hub } from '../commit/hub.ts'
import { settled } from './bulk-deletion.ts'

type Deps = {
  readonly hub: Pick<Hub, 'state$' | 'settled'>
  readonly blobs: Pick<Blobs, 'erase'>
  readonly clock: Pick<Clock, 'turn' | 'alarm'>
  /** Submits an input in the host's name. */
  readonly submit: (body: Body) => void
  /** Whether this server is the one that erases. */
  readonly leads: () => boolean
  /** Gets the error of an erasure that failed. It's tried again later. */
  readonly unstored: (error: unknown) => void
  readonly closing$: Observable<void>
}

/** From now on. */
export function eraseDoomed({ hub, blobs, clock, submit, leads, unstored, closing$ }: Deps): void {
  let [isBusy, isClosed] = [false, false]
  let unalarm = (): void => {}
  const isOver = (): boolean => isClosed || hub.state$.value.doomed.isEmpty() || !leads()

  async function work(): Promise<void> {
    while (!isOver()) {
      const page = [...hub.state$.value.doomed.take(PIECE_ROWS)]
      try {
        for (const [, hashes] of page) for (const hash of hashes) await blobs.erase(hash)
      } catch (error) {
        unstored(error)
        throw error
      }
      if (isClosed) return
      submit({ type: 'files-erased', files: page.map(([file]) => file) })
      await settled(hub)
      const { doomed } = hub.state$.value
      if (page.some(([file]) => doomed.has(file))) throw new Error('it could not be stored')
    }
  }

  function begin(): void {
    work().then(
      () => {
        isBusy = false
        // What came while the last page was confirmed.
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
