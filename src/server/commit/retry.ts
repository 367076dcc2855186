/**
 * Retries inputs that could not be stored and that no client repeats: without them a member that is gone would stay.
 * While nothing can be stored, no session can come back either, so the grace is counted anew.
 */
import { filter, mergeMap, Observable } from 'rxjs'
import type { Draft } from '../../model/input.ts'
import { STORAGE_RETRY_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { HubTrouble } from './hub.ts'

/** Emits the input again after STORAGE_RETRY_MS, each time that it fails. */
export const retry$ = (trouble$: Observable<HubTrouble>, clock: Clock, grace: number): Observable<Draft> =>
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

/** The input gets the current time: a time that is long past would set the room's time back. */
function anew({ input: { set: _, ...input }, texts }: Draft, at: number, grace: number): Draft {
  const isCounted = (input.type === 'lost' || input.type === 'started') && input.until !== null
  return { input: isCounted ? { ...input, at, until: at + grace } : { ...input, at }, texts }
}
