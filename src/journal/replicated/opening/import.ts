/**
 * Brings the history of one node into an empty log, under the same numbers. Its data directory is then the node's mirror,
 * and other nodes read everything from the log. An import that was interrupted goes on where it stopped.
 */
import type { Draft, Entry } from '../../../model/input.ts'
import { CLAIM_MS, COMMIT_BYTES, IMPORTED_AT_ONCE, REPLICATED_PAGE } from '../../../model/limits.ts'
import type { Clock } from '../../../port/clock.ts'
import { DataError, LastingError } from '../../data-error.ts'
import { Appender } from '../appender.ts'
import type { Mirror } from '../mirror.ts'
import { LogFold } from '../reading/fold.ts'
import { type BatchPlace, endOf, type Places } from '../stream/places.ts'
import type { Stream } from '../stream/stream.ts'
import { claimImport, endImport, importer, origin, shareOrigin } from './shared-state.ts'

type Deps = {
  readonly stream: Stream
  readonly mirror: Mirror
  readonly places: Places
  readonly node: string
  /** Names this import. */
  readonly run: string
  readonly clock: Clock
  /** Is told of the last input that is in the log. */
  readonly progress?: (seq: number) => void
}

/** Resolves with the last input. Rejects with a DataError if the log has anything else. */
export async function importHistory(deps: Deps): Promise<number> {
  const { stream, mirror, places, progress } = deps
  if (stream.epoch !== mirror.epoch) throw new LastingError(OTHER_CHAT)
  const batches = await imported(deps)
  await claim(deps)
  for (const batch of batches) places.add(batch)
  const append = appending(deps, batches)
  let { seq } = endOf(batches)
  for await (const entries of mirror.read(seq)) {
    for (const drafts of portions(entries)) {
      seq += drafts.length
      await append(drafts, seq)
      progress?.(seq)
    }
    for (const entry of entries) {
      if (entry.quarantined !== null) await stream.mark(entry.seq, entry.quarantined)
    }
  }
  places.flush()
  await endImport(stream.states)
  return seq
}

/**
 * Only one node may do it. When all brokers were lost, several may begin at the same time: each of them claims it, and
 * waits until a later claim would have been seen.
 */
async function claim({ stream: { states }, node, clock }: Deps): Promise<void> {
  const refuseOthers = async (): Promise<void> => {
    const other = await importer(states)
    if (other !== null && other !== node) throw new DataError(claimed(other))
  }
  await refuseOthers()
  await claimImport(states, node)
  await new Promise<void>(resolve => clock.alarm(CLAIM_MS, resolve))
  await refuseOthers()
}

/** The latest batch that an earlier import has brought in. */
async function imported({ stream, mirror, node }: Deps): Promise<readonly BatchPlace[]> {
  let batches = await begun(stream, mirror, node)
  const fold = new LogFold(batches)
  for (let at = 0; ; ) {
    const { messages, upTo } = await stream.read(at, REPLICATED_PAGE)
    if (upTo === at) return batches
    for (const message of messages) {
      if (message.node !== node) throw new LastingError(NOT_EMPTY)
      const folded = fold.take(message)
      if (folded) batches = [placeOf(folded)]
    }
    at = upTo
  }
}

/** Shares the state with which the log begins, if the first inputs were forgotten, and returns the places that it has. */
async function begun(stream: Stream, mirror: Mirror, node: string): Promise<readonly BatchPlace[]> {
  const shared = await origin(stream.states)
  if (shared) return shared.batches
  if (mirror.base === 0) return []
  const kept = await mirror.snapshot(mirror.base)
  if (!kept) throw new LastingError(NO_STATE)
  const batches = [{ node, run: 'origin', k: 0, place: 0, seq: kept.seq }]
  await shareOrigin(stream.states, { seq: kept.seq, state: kept.state, batches })
  return batches
}

/** Appends drafts. The last one is input `seq`. */
function appending(
  { stream, places, node, run, clock }: Deps,
  batches: readonly BatchPlace[],
): (drafts: readonly Draft[], seq: number) => Promise<void> {
  let [k, seq] = [0, 0]
  const appender: Appender = new Appender(endOf(batches).place, {
    ...{ stream, clock, node, run },
    stored: () => {},
    // Nobody else writes, so the latest inputs are these.
    folded: async place => {
      const batch = { node, run, k, place, seq }
      places.add(batch)
      appender.folded(batch)
    },
    superseded: () => {},
    foreign: () => {},
  })
  return (drafts, last) => {
    k += 1
    seq = last
    return appender.append(drafts)
  }
}

/** Batches as a server would append them. */
function* portions(entries: readonly Entry[]): Generator<readonly Draft[]> {
  let portion: Draft[] = []
  let bytes = 0
  for (const { input, texts } of entries) {
    const size = JSON.stringify(input).length + Buffer.byteLength(texts.text ?? '')
    if (portion.length === IMPORTED_AT_ONCE || (portion.length > 0 && bytes + size > COMMIT_BYTES)) {
      yield portion
      portion = []
      bytes = 0
    }
    portion.push({ input, texts })
    bytes += size
  }
  if (portion.length > 0) yield portion
}

const placeOf = ({ node, run, k, place, seq }: BatchPlace): BatchPlace => ({ node, run, k, place, seq })

const claimed = (node: string): string =>
  `node "${node}" is bringing a history in. Wait until that is done; if it was interrupted, start that node again.`
const OTHER_CHAT = 'the log was made for another chat. Give this one a log of its own.'
const NOT_EMPTY =
  'the log has messages of other nodes already, and the data directory has something else. To go on with what the log has, move the data directory away. A history can only be brought into a log that nobody has written to: docs/cluster.md says how.'
const NO_STATE =
  'the first inputs were forgotten, and no state that was kept in their place is whole. Restore a backup.'
