/** Where a node begins to read the log: where it stopped, or at the beginning, or at the state that others have shared. */
import { MEMORY_JOURNAL_ENTRIES } from '../../model/limits.ts'
import { DataError } from '../data-error.ts'
import type { Mirror } from './mirror.ts'
import { type BatchPlace, endOf, type Places } from './places.ts'
import { isImporting, origin, purgedUpTo, sharedState } from './shared-state.ts'
import type { Stream } from './stream.ts'

/** The latest batches that the mirror has whole. An empty mirror is made to begin after them. Rejects with a DataError. */
export async function beginning(stream: Stream, mirror: Mirror, places: Places): Promise<readonly BatchPlace[]> {
  if (await isImporting(stream.states)) throw new DataError(IMPORTING)
  const purged = await purgedUpTo(stream.states)
  const known = places.latest(mirror.last)
  if (known.length > 0) {
    if (endOf(known).place < purged) throw new DataError(AWAY)
    return known
  }
  const shared = purged > 0 ? await sharedState(stream.states) : await origin(stream.states)
  if (purged > 0 && (shared === null || endOf(shared.batches).place < purged)) throw new DataError(NO_STATE)
  if (!shared) return []
  if (mirror.last === 0) await mirror.begin({ seq: shared.seq, state: shared.state })
  else if (mirror.last < shared.seq) throw new DataError(AWAY)
  for (const batch of shared.batches) places.add(batch)
  return shared.batches
}

/** The ids of the inputs that the mirror has after `seq`: those that the log is about to give again. The latest ones. */
export async function idsAfter(mirror: Mirror, seq: number): Promise<ReadonlyMap<number, string>> {
  const ids = new Map<number, string>()
  for await (const entries of mirror.read(Math.max(seq, mirror.last - MEMORY_JOURNAL_ENTRIES), 'inputs')) {
    for (const { seq: place, input } of entries) ids.set(place, input.id)
  }
  return ids
}

const AWAY =
  'this node was away for longer than the log is kept. Move its data directory away; the node then begins with the state that the others have shared.'
const IMPORTING =
  'a history is being brought into the log. Wait until that is done; if it was interrupted, start it again.'
const NO_STATE =
  'the log begins after its first message, and no state is shared that goes so far. Start a node that has the data, or restore a backup of the brokers.'
