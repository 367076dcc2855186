/** The room that a start makes of a journal. */
import { memoryHistory } from '../../src/journal/memory-history.ts'
import type { State } from '../../src/model/state.ts'
import type { Journal } from '../../src/port/journal.ts'
import { recover } from '../../src/server/commit/recover.ts'

export async function recovered(
  journal: Journal,
  quarantine: Parameters<typeof recover>[2] = () => {},
): Promise<State> {
  const recovery = await recover(
    journal,
    memoryHistory(() => null),
    quarantine,
  )
  return recovery.finish()
}
