/**
 * A journal that several nodes write to, over a log that brokers keep. Each node folds the log into its mirror, from
 * which it reads, and appends to the log. It passes on the log's inputs, never those that were handed in.
 */
import { Subject } from 'rxjs'
import type { Draft, Entry } from '../../model/input.ts'
import { REPLICATED_RETRY_MS, SHARED_EVERY } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Journal } from '../../port/journal.ts'
import type { Peers } from '../../port/peers.ts'
import { DataError, LastingError } from '../data-error.ts'
import { oneByOne } from '../pieces.ts'
import { Appender } from './appender.ts'
import type { Mirror } from './mirror.ts'
import { AHEAD, beginning, idsAfter, OTHER_LOG } from './opening/opening.ts'
import { latestShared, purgedUpTo, sayPurged, share, sharedAt } from './opening/shared-state.ts'
import { LogPeers } from './peers.ts'
import { LogFold } from './reading/fold.ts'
import { InOrder } from './reading/in-order.ts'
import { Intake } from './reading/intake.ts'
import { textPlaces, textsUpTo } from './reading/text-places.ts'
import { endOf, type Places } from './stream/places.ts'
import type { LogPlace, Stream, StreamBatch } from './stream/stream.ts'

export type Replicated = {
  readonly stream: Stream
  readonly mirror: Mirror
  readonly places: Places
  /** Names this node among all writers of the log, the same at every start. */
  readonly node: string
  /** Names this start of it. */
  readonly run: string
  readonly clock: Clock
  /** The journal can't go on, and nothing more comes from it. Appends stay pending: their outcome isn't known. */
  readonly lost: (error: Error) => void
}

export type ReplicatedJournal = { readonly journal: Journal; readonly peers: Peers }

/**
 * Resolves when the mirror has all messages that the log had at the time. Waits as long as the log has no leader.
 * Closing the journal closes its parts. Rejects with a DataError.
 */
export async function replicatedJournal(parts: Replicated): Promise<ReplicatedJournal> {
  const { stream, mirror, places, node, run, clock } = parts
  if (mirror.epoch !== stream.epoch) throw new LastingError(OTHER_EPOCH)
  const marks = new Map(await eventually(clock, () => stream.marks()))
  const batches = await eventually(clock, () => beginning(stream, mirror, places))
  const { place: from, seq } = endOf(batches)
  const committed = new Subject<readonly Entry[]>()
  const appending = oneByOne()
  let isLost = false
  /** No text is left in the log up to here. */
  let erased: LogPlace = 0

  const fold = new LogFold(batches)
  const intake: Intake = new Intake({
    ...{ fold, mirror, places, clock, run, marks },
    again: await idsAfter(mirror, seq),
    committed: entries => committed.next(entries),
    folded: batch => batch.node === node && appender.folded(batch),
    beat: message => peers.take(message),
    failed: lose,
  })
  const inOrder: InOrder = new InOrder(from, {
    ...{ stream, clock },
    take: message => intake.take(message),
    hasRoom: () => intake.hasRoom,
    handled: () => intake.handled(),
    purged: () => purgedUpTo(stream.states),
    lost: () => lose(new LastingError(PURGED)),
  })
  const peers = new LogPeers({
    ...{ stream, clock, node, run },
    inOrder: () => inOrder,
    behindSince: () => earlier(inOrder.behindSince, intake.waitsSince),
    usable: () => intake.usable(),
    foreign: () => lose(new LastingError(OTHER_LOG)),
  })
  const own = batches.find(batch => batch.node === node)?.place ?? 0
  const appender = new Appender(own, {
    ...{ stream, clock, node, run },
    stored: comeBack,
    folded: place => {
      inOrder.knows(place)
      return intake.upTo(place)
    },
    superseded: () => lose(new LastingError(superseded(node))),
    foreign: () => lose(new LastingError(OTHER_LOG)),
  })
  const hearing = stream.heard$.subscribe(message => inOrder.hear(message))

  /** Its own batch needn't be heard: this node has its content. */
  function comeBack({ texts, inputs }: StreamBatch, place: LogPlace): void {
    const first = place - texts.length
    for (const [at, data] of [...texts, inputs].entries()) {
      const kind = at < texts.length ? 'text' : 'inputs'
      inOrder.hear({ place: first + at, kind, node, at: clock.now(), data })
    }
  }

  async function catchUp(): Promise<void> {
    for (let tries = 1; ; tries++) {
      await inOrder.begin(await eventually(clock, () => stream.end()))
      if (fold.seq >= mirror.last || isLost) return inOrder.watch()
      // A replica may not have all of the log yet.
      if (tries < AHEAD_TRIES) await new Promise<void>(resolve => clock.alarm(REPLICATED_RETRY_MS, resolve))
      else {
        stop()
        throw new LastingError(AHEAD)
      }
    }
  }

  function lose(error: Error): void {
    if (isLost) return
    isLost = true
    stop()
    parts.lost(error)
  }

  function stop(): void {
    hearing.unsubscribe()
    inOrder.stop()
    intake.stop()
    appender.stop()
  }

  await catchUp()

  const journal: Journal = {
    epoch: mirror.epoch,
    get base() {
      return mirror.base
    },
    committed$: committed.asObservable(),
    read: (after, what) => mirror.read(after, what),
    texts: seqs => mirror.texts(seqs),
    snapshot: upTo => mirror.snapshot(upTo),
    append: batch => appending(() => append(batch)),
    async quarantine(marked, reason) {
      marks.set(marked, reason)
      await mirror.quarantine(marked, reason)
      await stream.mark(marked, reason)
    },
    async keep(kept) {
      const isDue = kept.seq >= (await latestShared(stream.states).catch(() => kept.seq)) + SHARED_EVERY
      const taken: string[] = []
      await mirror.keep({ seq: kept.seq, state: isDue ? remembering(kept.state, taken) : kept.state })
      if (isDue) await share(stream.states, { seq: kept.seq, state: taken.join(''), batches: places.latest(kept.seq) })
    },
    async erase(seqs) {
      // A text that is gone from the mirror alone would not be asked for again.
      await stream.erase(await textPlaces(stream, places, seqs))
      await mirror.erase(seqs)
    },
    async forget(until, inLog = true, later = []) {
      if (inLog && later.length > 0) await stream.erase(await textPlaces(stream, places, later))
      await mirror.forget(until, true, later)
      if (inLog) {
        await eraseUpTo(until)
        await purge(until)
      }
      places.forget(until)
    },
    async close() {
      stop()
      committed.complete()
      peers.close()
      await stream.close()
      places.flush()
      places.close()
      await mirror.close()
    },
  }

  /** A node that can store nothing takes nothing in, although the log would. */
  async function append(batch: readonly Draft[]): Promise<void> {
    if (batch.length === 0) return
    await mirror.usable()
    await appender.append(batch)
  }

  /** A purge goes only as far as a state replaces the inputs, and a broker may leave purged messages in its files. */
  async function eraseUpTo(until: number): Promise<void> {
    const from = Math.max(erased, await purgedUpTo(stream.states))
    for await (const { texts, upTo } of textsUpTo(stream, places, from, until)) {
      await stream.erase(texts)
      erased = upTo
    }
  }

  /** A new node begins with the state that stands for the purged inputs, so it has all that the others have. */
  async function purge(until: number): Promise<void> {
    const kept = await mirror.snapshot(until)
    if (!kept || kept.seq > until) return
    const purged = await purgedUpTo(stream.states)
    const own = { ...kept, batches: places.latest(kept.seq) }
    if (endOf(own.batches).place <= purged) return
    const shared = await sharedAt(stream.states, kept.seq)
    if (!shared) await share(stream.states, own)
    const place = Math.min(endOf(own.batches).place, endOf((shared ?? own).batches).place)
    if (place <= purged) return
    // A start of this node that knew of fewer batches would take itself for one that was away for long.
    places.flush()
    await sayPurged(stream.states, place, kept.seq)
    await stream.purge(place)
  }

  return { journal, peers }
}

/** How often a node asks for the inputs that its mirror has already. */
const AHEAD_TRIES = 20

/** Tries until it gets an answer. A DataError is one. */
async function eventually<T>(clock: Clock, ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof DataError) throw error
      await new Promise<void>(resolve => clock.alarm(REPLICATED_RETRY_MS, resolve))
    }
  }
}

const earlier = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? (one ?? other) : Math.min(one, other)

function* remembering(state: Iterable<string>, taken: string[]): Generator<string> {
  for (const part of state) {
    taken.push(part)
    yield part
  }
}

const OTHER_EPOCH =
  'the data directory belongs to another chat than the log. Choose another directory with --data; the node then reads everything from the log.'
const PURGED =
  'the log was purged beyond what this node has. Move its data directory away; the node then begins with the state that the others have shared.'
const superseded = (node: string): string =>
  `another server writes to the log as node "${node}". Give each node a name of its own with --node.`
