/** What could not be stored, and nobody is there to be told to repeat it: without it a member who is gone would stay. */
import { filter, mergeMap, Observable } from 'rxjs'
import type { Draft } from '../model/input.ts'
import { STORAGE_RETRY_MS } from '../model/limits.ts'
import type { Clock } from '../port/clock.ts'
import type { Trouble } from './hub.ts'

/** Emits it again a while later, each time that it fails. */
export const retry$ = (trouble$: Observable<Trouble>, clock: Clock): Observable<Draft> =>
  trouble$.pipe(
    mergeMap(what => (what.type === 'storage' ? what.drafts : [])),
    filter(({ input }) => input.type === 'lost' || input.type === 'started'),
    mergeMap(draft => later(draft, clock)),
  )

const later = (draft: Draft, clock: Clock): Observable<Draft> =>
  new Observable(subscriber =>
    clock.alarm(STORAGE_RETRY_MS, () => {
      subscriber.next(draft)
      subscriber.complete()
    }),
  )
