/**
 * A commit as the hub folds it: slice by slice. Each slice is delivered, and the event loop goes round in between. A
 * slice ends after FOLD_INPUTS inputs, or earlier if much had to be read for sessions that join.
 */
import { Observable } from 'rxjs'
import type { Entry } from '../../model/input.ts'
import { FOLD_INPUTS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'

export type Slices = {
  /** The subscriber handles each entry as it is emitted. */
  readonly of: (entries: readonly Entry[]) => Observable<Entry | 'flush'>
  /** Resolves when the last commit is folded; null if it is. */
  readonly unfolded: () => Promise<void> | null
}

export function inSlices(clock: Clock, hasReadEnough: () => boolean): Slices {
  let unfolded: Promise<void> | null = null

  const of: Slices['of'] = entries =>
    new Observable(folding => {
      let at = 0
      let finish = (): void => {}
      const slice = (): void => {
        const end = Math.min(at + FOLD_INPUTS, entries.length)
        while (at < end) {
          folding.next(entries[at++] as Entry)
          if (hasReadEnough()) break
        }
        folding.next('flush')
        if (at < entries.length) return later()
        unfolded = null
        folding.complete()
        finish()
      }
      function later(): void {
        unfolded ??= new Promise(done => {
          finish = done
        })
        clock.turn(slice)
      }
      slice()
    })

  return { of, unfolded: () => unfolded }
}
