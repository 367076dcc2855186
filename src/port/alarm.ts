/** An alarm of a clock as an observable. */
import { Observable } from 'rxjs'
import type { Clock } from './clock.ts'

/** Emits once, after so many milliseconds, and completes. Unsubscribing cancels it. */
export const alarm$ = (clock: Clock, ms: number): Observable<void> =>
  new Observable(subscriber =>
    clock.alarm(Math.max(0, ms), () => {
      subscriber.next()
      subscriber.complete()
    }),
  )
