/**
 * The stores of a node among several: the log at the brokers, and the data directory as this node's copy of it. Loaded
 * only with `--nats`, so a server that is alone loads no package of NATS.
 */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { blobDirectory, FILES_FOLDER } from '../../../journal/blobs/directory.ts'
import { openSharedBlobs } from '../../../journal/blobs/shared.ts'
import type { ConnectionEvent } from '../../../journal/nats/connection/connection-event.ts'
import { openBrokerLog } from '../../../journal/nats/open.ts'
import { type ReplicatedJournal, replicatedJournal } from '../../../journal/replicated/journal.ts'
import { importHistory } from '../../../journal/replicated/opening/import.ts'
import { isImporting } from '../../../journal/replicated/opening/shared-state.ts'
import type { Stream } from '../../../journal/replicated/stream/stream.ts'
import { type MirrorStore, openMirror } from '../../../journal/sqlite/mirror.ts'
import { JOURNAL_FILE } from '../../../journal/sqlite/store.ts'
import type { Blobs } from '../../../port/blobs.ts'
import type { BrokerStatus } from '../../../port/brokers.ts'
import type { Clock } from '../../../port/clock.ts'
import type { Entropy } from '../../../port/entropy.ts'
import type { History } from '../../../port/history.ts'
import type { NodeStatus } from '../../../server/observe/node-status.ts'
import { keepPushKey, ownPushKey } from '../../../system/push-key.ts'
import {
  brokerConnected,
  brokerLost,
  brokerRefused,
  historyBringing,
  historyBrought,
  notReplicated,
} from '../log/cluster-line.ts'
import type { LogLine } from '../log/line.ts'
import type { ClusterSettings } from '../settings/cluster.ts'
import { brokerAccess } from './access.ts'
import { watchBrokers } from './brokers.ts'
import { storageLines } from './storage.ts'
import { watchSync } from './sync.ts'

export type Cluster = ReplicatedJournal & {
  readonly history: History
  /** Files that all nodes have. */
  readonly blobs: Blobs
  /** The name of this node. */
  readonly origin: string
  /** Names this start of it. */
  readonly run: string
  /** The key for push services that all nodes share. */
  readonly pushKey: string
  /** How the brokers store acknowledged inputs, and how they are, in sentences. */
  readonly storage: (nodes: readonly NodeStatus[]) => readonly string[]
  /** The brokers' disks, as far as this node knows: by name, whether a broker writes before it acknowledges. */
  readonly disks: () => Readonly<Record<string, boolean>>
  /** The brokers that keep the log, as far as it's known. */
  readonly brokers: () => readonly BrokerStatus[]
}

type Deps = {
  readonly settings: ClusterSettings
  /** The data directory. */
  readonly data: string
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: (line: LogLine) => void
  /** The node can't go on. */
  readonly lost: (error: Error) => void
}

/** Rejects with a UsageError or a DataError. */
export async function openCluster({ settings, data, clock, entropy, log, lost }: Deps): Promise<Cluster> {
  const access = brokerAccess(settings)
  const { node, replicas, monitors } = settings
  const run = entropy.id()
  const id = (): string => entropy.id()
  const hear = (event: ConnectionEvent): void => {
    if (event.type === 'locked-out') lost(event.error)
    else log(lineOf(event))
  }
  // A history names the log that is made for it. Without one, the directory takes the name of the log.
  const before = isWritten(data) ? openMirror(data, id) : null
  const opened: (() => unknown)[] = before ? [closing(before)] : []
  try {
    const brokers = await openBrokerLog({ ...access, replicas, hear, epoch: before?.mirror.epoch ?? id() })
    const { stream } = brokers
    if (brokers.replicas < replicas) log(notReplicated(brokers.replicas, replicas))
    opened.push(stream.close)
    const store = before ?? openMirror(data, naming(stream.epoch, node))
    if (!before) opened.push(closing(store))
    if (await isHistory(stream, store)) await bring(stream, store, { node, clock, run: entropy.id(), log })
    const pushKey = await brokers.secret('push.key', ownPushKey(data))
    keepPushKey(data, pushKey)
    const synced = await watchSync(monitors, log)
    const watch = await watchBrokers(brokers.statuses, clock, log)
    const { mirror, places, history } = store
    const { journal, peers } = await replicatedJournal({ stream, mirror, places, node, run, clock, lost })
    const storage = (nodes: readonly NodeStatus[]): readonly string[] =>
      storageLines(brokers.replicas, synced(), watch, clock.elapsed(), nodes)
    const disks = (): Readonly<Record<string, boolean>> =>
      Object.fromEntries(synced().answers.map(({ name, isSynced }) => [name, isSynced]))
    const blobs = await openSharedBlobs(brokers.files, await blobDirectory(join(data, FILES_FOLDER)))
    return { journal, peers, history, blobs, origin: node, run, pushKey, storage, disks, brokers: () => watch.brokers }
  } catch (error) {
    await Promise.allSettled(opened.map(close => close()))
    throw error
  }
}

const closing =
  ({ mirror, places }: MirrorStore) =>
  async (): Promise<void> => {
    places.close()
    await mirror.close()
  }

const isWritten = (data: string): boolean =>
  (statSync(join(data, JOURNAL_FILE), { throwIfNoEntry: false })?.size ?? 0) > 0

/** The ids of a new directory: its epoch, then the name of its server. */
function naming(...names: readonly string[]): () => string {
  const left = [...names]
  return () => left.shift() ?? ''
}

/**
 * Whether a server that was alone wrote the directory: nothing of it has a place in the log, or a part has, because
 * bringing it in was interrupted. If the log is new, the places are those of another one.
 */
async function isHistory({ states, end }: Stream, { mirror, places }: MirrorStore): Promise<boolean> {
  if (mirror.last === 0) return false
  if ((await end()) === 0) places.clear()
  return places.latest(mirror.last).length === 0 || (await isImporting(states))
}

type Bringing = {
  readonly node: string
  readonly run: string
  readonly clock: Clock
  readonly log: (line: LogLine) => void
}

async function bring(stream: Stream, store: MirrorStore, { log, ...of }: Bringing): Promise<void> {
  const { mirror, places } = store
  log(historyBringing(mirror.last))
  const seq = await importHistory({ stream, mirror, places, ...of })
  log(historyBrought(seq))
}

function lineOf(event: Exclude<ConnectionEvent, { type: 'locked-out' }>): LogLine {
  switch (event.type) {
    case 'connected':
      return brokerConnected(event.broker, event.ms)
    case 'lost':
      return brokerLost(event.broker)
    case 'forbidden':
      return brokerRefused(event.reason)
  }
}
