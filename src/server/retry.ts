/**
 * What could not be stored, and nobody is there to be told to repeat it: without it a member who is gone would stay. While
 * nothing can be stored nobody can come back either, so the grace is counted anew.
 */
import { filter, mergeMap, Observable } from 'rxjs'
import type { Draft } from '../model/input.ts'
import { STORAGE_RETRY_MS } from '../model/limits.ts'
import type { Clock } from '../port/clock.ts'
import type { Trouble } from './hub.ts'

/** Emits it again a while later, each time that it fails. */
export const retry$ = (trouble$: Observable<Trouble>, clock: Clock, grace: number): Observable<Draft> =>
  trouble$.pipe(
    mergeMap(what => (what.type === 'storage' ? what.drafts : [])),
    filter(({ input }) => input.type === 'lost' || input.type === 'started'),
    mergeMap(draft => later(draft, clock, grace)),
  )

const later = (draft: Draft, clock: Clock, grace: number): Observable<Draft> =>
  new Observable(subscriber =>
    clock.alarm(STORAGE_RETRY_MS, () => {
      subscriber.next(anew(draft, clock.now(), grace))
      subscriber.complete()
    }),
  )

/** It happens now: a time that is long past would pull that of the room back. */
function anew({ input: { set: _, ...input }, text }: Draft, at: number, grace: number): Draft {
  const isCounted = (input.type === 'lost' || input.type === 'started') && input.until !== null
  return { input: isCounted ? { ...input, at, until: at + grace } : { ...input, at }, text }
}
