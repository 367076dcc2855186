/** Saves a snapshot of the room in the journal from time to time, so that a start has few inputs to fold. */
import { catchError, concatMap, defer, EMPTY, filter, type Observable, scan, switchMap } from 'rxjs'
import { SNAPSHOT_EVERY } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Journal } from '../../port/journal.ts'
import { snapshotParts } from '../../reducer/snapshot/parts.ts'

/**
 * Saves one whenever SNAPSHOT_EVERY inputs have come since the last. Never errors: `failed` gets the error, and the
 * next one is tried.
 */
export const keeping$ = (
  state$: Observable<State>,
  journal: Journal,
  failed: (error: unknown) => void,
): Observable<never> =>
  defer(() => journal.snapshot()).pipe(
    switchMap(last =>
      state$.pipe(
        scan<State, Due>(
          ({ next }, state) =>
            state.seq >= next ? { state, next: state.seq + SNAPSHOT_EVERY } : { state: null, next },
          { state: null, next: (last?.seq ?? 0) + SNAPSHOT_EVERY },
        ),
      ),
    ),
    filter((due): due is Due & { state: State } => due.state !== null),
    concatMap(async ({ state }) => keep(state, journal, failed)),
    concatMap(() => EMPTY),
    catchError(error => {
      failed(error)
      return EMPTY
    }),
  )

type Due = { readonly state: State | null; readonly next: number }

/** Resolves when the snapshot is stored, or has failed. */
export async function keep(state: State, journal: Journal, failed: (error: unknown) => void): Promise<void> {
  if (state.seq === 0) return
  // First the callbacks that wait for the latest step run.
  await null
  try {
    await journal.keep({ seq: state.seq, state: snapshotParts(state) })
  } catch (error) {
    failed(error)
  }
}
