/** The place at which a node begins to read the log: its last one, the first one, or that of the state that others have shared. */
import { MEMORY_JOURNAL_ENTRIES, REPLICATED_PAGE } from '../../../model/limits.ts'
import { DataError, LastingError } from '../../data-error.ts'
import type { Mirror } from '../mirror.ts'
import { beatIn, type InputsMessage, inputsIn } from '../stream/messages.ts'
import { type BatchPlace, endOf, type Places } from '../stream/places.ts'
import type { Stream, StreamMessage } from '../stream/stream.ts'
import { isImporting, origin, purgedUpTo, sharedState } from './shared-state.ts'

/** The latest batches that the mirror has whole. An empty mirror is made to begin after them. Rejects with a DataError. */
export async function beginning(stream: Stream, mirror: Mirror, places: Places): Promise<readonly BatchPlace[]> {
  if (await isImporting(stream.states)) throw new DataError(IMPORTING)
  const purged = await purgedUpTo(stream.states)
  const known = places.latest(mirror.last)
  if (known.length > 0) {
    if (endOf(known).place < purged) throw new LastingError(AWAY)
    await checkLog(stream, known)
    return known
  }
  const shared = purged > 0 ? await sharedState(stream.states, purged) : await origin(stream.states)
  if (!shared) {
    if (purged === 0 && (await isFromTheFirst(stream))) return []
    if ((await purgedUpTo(stream.states)) > purged) throw new Error('the log was purged meanwhile')
    throw new DataError(NO_STATE)
  }
  if (mirror.last === 0) await mirror.begin({ seq: shared.seq, state: shared.state })
  else if (mirror.last < shared.seq) throw new LastingError(AWAY)
  for (const batch of shared.batches) places.add(batch)
  places.flush()
  return shared.batches
}

/**
 * The log still has the last batch that the mirror has whole. Otherwise it was made anew, or is an older one that was
 * restored: its next messages do not follow the mirror's last one. Rejects with a DataError.
 */
async function checkLog(stream: Stream, known: readonly BatchPlace[]): Promise<void> {
  const { place } = endOf(known)
  const last = known.find(batch => batch.place === place)
  if (place === 0 || !last) return
  const [message] = (await stream.read(place - 1, 1)).messages
  // No message came after the purged ones.
  if (!message && (await purgedUpTo(stream.states)) === place) return
  // The leader may have messages that a replica lacks.
  if (!message && (await stream.end()) >= place) throw new Error('the replica has not all of the log yet')
  if (!message) throw new LastingError(OTHER_LOG)
  if (message.place > place) {
    if ((await purgedUpTo(stream.states)) < place) throw new LastingError(AWAY)
    return
  }
  if (message.node !== last.node || runOf(message) !== last.run) throw new LastingError(OTHER_LOG)
}

/**
 * Whether the log still has its first inputs, as far as its first message now can tell. Somebody may have purged it by
 * hand, without a node's mark. The first batch of a node follows on nothing, and a later one names its predecessor.
 */
async function isFromTheFirst(stream: Stream): Promise<boolean> {
  for (let place = 0; ; ) {
    const { messages, upTo } = await stream.read(place, REPLICATED_PAGE)
    if (messages.length === 0) return true
    for (const message of messages) {
      if (message.kind === 'beat' && (beatIn(message.data)?.seq ?? 0) > 0) return false
      const batch = batchIn(message)
      if (batch) return batch.after === 0
    }
    place = upTo
  }
}

const runOf = (message: StreamMessage): string | null => batchIn(message)?.run ?? null

/** Null: it's not the end of a batch. */
function batchIn({ kind, data }: StreamMessage): InputsMessage | null {
  try {
    return kind === 'inputs' ? inputsIn(data) : null
  } catch {
    return null
  }
}

/** The ids of the inputs that the mirror has after `seq`: those that the log is about to give again. The latest ones. */
export async function idsAfter(mirror: Mirror, seq: number): Promise<ReadonlyMap<number, string>> {
  const ids = new Map<number, string>()
  for await (const entries of mirror.read(Math.max(seq, mirror.last - MEMORY_JOURNAL_ENTRIES), 'inputs')) {
    for (const { seq: place, input } of entries) ids.set(place, input.id)
  }
  return ids
}

/** Inputs of the mirror that the log doesn't have, although it was read to its end. */
export const AHEAD =
  'this node has inputs that the log does not have. It was started without --nats meanwhile, or the brokers lost some. Move its data directory away; the node then reads everything from the log. To keep what it has instead, see docs/cluster.md.'
export const OTHER_LOG =
  'the log is not the one that this node has read: the brokers have lost it, or an older one was restored. Move the data directory away; the node then reads everything from the log. To keep what it has instead, see docs/cluster.md.'
const AWAY =
  'this node was away for longer than the log is kept. Move its data directory away; the node then begins with the state that the others have shared.'
const IMPORTING =
  'a history is being brought into the log. Wait until that is done; if it was interrupted, start it again.'
const NO_STATE =
  'the log begins after its first message, and no state is shared that goes so far. To bring it back from a node that has everything, see docs/cluster.md.'
