/** Time as an input: a tick when something in the room is due, and no timer while nothing is. */
import { distinctUntilChanged, map, Observable, switchMap } from 'rxjs'
import { CLOCK_SET_MS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import { nextDue } from '../../reducer/due.ts'

/** Emits whenever the state needs a tick. One tick may leave something that is due: then the next one follows at once. */
export const tick$ = (state$: Observable<State>, clock: Clock): Observable<void> =>
  state$.pipe(
    map(state => ({ until: nextDue(state), at: state.at, due: state.due, ends: state.ends })),
    distinctUntilChanged(isSameWait),
    switchMap(({ until }) => (until === null ? [] : alarm$(clock, until))),
  )

type Wait = Pick<State, 'at' | 'due' | 'ends'> & { readonly until: number | null }

/** More may be due already than one tick ends. Then the next one follows when the first is folded. */
const isSameWait = (a: Wait, b: Wait): boolean =>
  a.until === b.until && (b.until === null || b.until > b.at || (a.due === b.due && a.ends === b.ends))

/**
 * Fires at `due` by wall time, or a second after the time that it should have taken: then the wall clock was set back.
 * The tick reports it, and the next end comes nearer (docs/spec.md, R7).
 */
const alarm$ = (clock: Clock, due: number): Observable<void> =>
  new Observable(subscriber => {
    let cancel = (): void => {}
    const wait = (ms: number): void => {
      cancel = clock.alarm(ms, () => {
        const isDue = clock.now() >= due || clock.elapsed() >= latest
        if (isDue) subscriber.next()
        // A long alarm rings early (src/transport/clock.ts).
        wait(isDue ? CLOCK_SET_MS : Math.max(1, Math.min(due - clock.now(), latest - clock.elapsed())))
      })
    }
    const left = Math.max(0, due - clock.now())
    const latest = clock.elapsed() + left + CLOCK_SET_MS
    wait(left)
    return () => cancel()
  })
