/** Time as an input: a tick when something in the room is due, and no timer while nothing is. */
import { distinctUntilChanged, map, Observable, switchMap } from 'rxjs'
import type { State } from '../model/state.ts'
import type { Clock } from '../port/clock.ts'
import { nextDue } from '../reducer/due.ts'

/** Emits whenever the state needs a tick. */
export const tick$ = (state$: Observable<State>, clock: Clock): Observable<void> =>
  state$.pipe(
    map(nextDue),
    distinctUntilChanged(),
    switchMap(due => (due === null ? [] : alarm$(clock, due))),
  )

/** Rings at `due` by wall time, again each second while that has not come: the clock on the wall may be set back. */
const alarm$ = (clock: Clock, due: number): Observable<void> =>
  new Observable(subscriber => {
    let cancel = (): void => {}
    const wait = (ms: number): void => {
      cancel = clock.alarm(ms, () => {
        if (clock.now() >= due) subscriber.next()
        wait(1000)
      })
    }
    wait(Math.max(0, due - clock.now()))
    return () => cancel()
  })
