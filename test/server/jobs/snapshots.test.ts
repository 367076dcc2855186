/** When the room's state is kept: counted from the last that was, over a start too. */
import { Subject } from 'rxjs'
import { expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { SNAPSHOT_EVERY } from '../../../src/model/limits.ts'
import { initialState, type State } from '../../../src/model/state.ts'
import type { Snapshot } from '../../../src/port/journal.ts'
import { keeping$ } from '../../../src/server/jobs/snapshots.ts'

test('[J7] a state is kept so many inputs after the last one, whichever run kept that', async () => {
  const kept: number[] = []
  const last: Snapshot = { seq: SNAPSHOT_EVERY - 10, state: 'of the run before' }
  const keptBoth = Promise.withResolvers<void>()
  const journal = {
    ...memoryJournal('epoch'),
    snapshot: async () => last,
    keep: async ({ seq }: Snapshot) => {
      if (kept.push(seq) === 2) keptBoth.resolve()
    },
  }
  const state$ = new Subject<State>()
  const fail = (error: unknown): never => {
    throw error
  }
  const keeping = keeping$(state$, journal, fail).subscribe()
  await new Promise(setImmediate)
  const next = last.seq + SNAPSHOT_EVERY
  for (const seq of [SNAPSHOT_EVERY, next - 1, next, next + 1, next + SNAPSHOT_EVERY]) {
    state$.next({ ...initialState, seq })
  }
  await keptBoth.promise
  expect(kept).toEqual([next, next + SNAPSHOT_EVERY])
  keeping.unsubscribe()
})
