/** The streams of a chat: the first node makes them, and every node checks that the log is as it must be. */
import { setTimeout } from 'node:timers/promises'
import { BROKER_AGAIN_MS, BROKER_ANSWER_MS, BROKER_CREATE_MS, BROKER_FIRST_MS } from '../../model/limits.ts'
import { DataError, LastingError } from '../data-error.ts'
import type { Brokers } from './connection/connection.ts'
import { FILES, HEARD_SUBJECTS, LOG, LOG_SUBJECTS, MARK_SUBJECTS, MARKS, STATES } from './names.ts'
import { BrokerRefusal, request } from './requests.ts'

/** How the messages of the log are laid out. A program refuses a log with another layout. */
const LAYOUT = '1'

type StreamConfig = {
  readonly name: string
  readonly num_replicas: number
  readonly metadata?: Readonly<Record<string, string>>
  readonly [field: string]: unknown
}
type StreamInfo = { readonly config: StreamConfig }

export type Log = {
  /** The identity of the log. */
  readonly epoch: string
  /** Brokers that store each message: fewer than this node asked for if the streams were made so. */
  readonly replicas: number
}

/** The broker's numbers of refusals. */
const NO_STREAM = 10059
const OTHER_CONFIG = 10058
const NO_CLUSTER = 10074

/** `epoch` names the log if this node makes it. Rejects with a DataError. */
export async function openStreams(brokers: Brokers, replicas: number, epoch: string): Promise<Log> {
  const shared = { ...COMMON, num_replicas: replicas }
  const log = await found(brokers, { ...LOG_CONFIG, num_replicas: replicas, metadata: { epoch, layout: LAYOUT } })
  checkLayout(log.config)
  const streams = [
    log,
    await found(brokers, { ...shared, name: MARKS, subjects: [MARK_SUBJECTS], max_msgs_per_subject: 1 }),
  ]
  for (const { stream, all } of [STATES, FILES]) {
    streams.push(await found(brokers, { ...shared, name: stream, subjects: [all], allow_rollup_hdrs: true }))
  }
  const fewest = Math.min(...streams.map(({ config }) => config.num_replicas))
  return { epoch: log.config.metadata?.['epoch'] ?? '', replicas: fewest }
}

/** Nothing may go by itself, and everything can be erased. */
const COMMON = {
  ...{ storage: 'file', retention: 'limits', discard: 'new', allow_direct: true },
  ...{ max_age: 0, max_msgs_per_subject: -1, deny_delete: false, deny_purge: false },
}

const LOG_CONFIG = {
  ...COMMON,
  name: LOG,
  subjects: [LOG_SUBJECTS],
  allow_atomic: true,
  allow_msg_ttl: true,
  republish: { src: LOG_SUBJECTS, dest: HEARD_SUBJECTS },
}

/** The stream of this name. Makes it if there's none. Brokers that have just started need a while. */
async function found(brokers: Brokers, config: StreamConfig): Promise<StreamInfo> {
  const giveUpAt = performance.now() + BROKER_FIRST_MS
  for (;;) {
    try {
      const info = await infoOrMade(brokers, config)
      check(info.config, config)
      return info
    } catch (error) {
      if (error instanceof DataError) throw error
      const isRefused = error instanceof BrokerRefusal && error.number === NO_CLUSTER
      if (isForbidden(error as Error)) throw new LastingError(forbidden(brokers.node, config, error as Error))
      if (isRefused || performance.now() > giveUpAt) throw new DataError(refusal(config, error as Error))
      await setTimeout(BROKER_AGAIN_MS)
    }
  }
}

async function infoOrMade(brokers: Brokers, config: StreamConfig): Promise<StreamInfo> {
  const info = (): Promise<StreamInfo> => request(brokers.nats, `STREAM.INFO.${config.name}`, null, BROKER_ANSWER_MS)
  try {
    return await info()
  } catch (error) {
    if (!(error instanceof BrokerRefusal) || error.number !== NO_STREAM) throw error
  }
  try {
    return await request(brokers.nats, `STREAM.CREATE.${config.name}`, config, BROKER_CREATE_MS)
  } catch (error) {
    // Another node was faster: its log has another epoch.
    if (error instanceof BrokerRefusal && error.number === OTHER_CONFIG) return info()
    throw error
  }
}

/** The broker's permissions lack the request. Time doesn't mend that. */
const isForbidden = ({ message }: Error): boolean => /permissions violation/i.test(message)

const forbidden = (node: string, { name }: StreamConfig, { message }: Error): string =>
  `The brokers don't give the stream ${name}: ${message}. Is the key that of the node ${node}, and do its permissions allow it?`

function refusal({ name, num_replicas }: StreamConfig, error: Error): string {
  const { message } = error
  if (/no responders/i.test(message)) {
    return `The brokers don't give the stream ${name}: nobody answers. Their configuration must have a jetstream block, and the node's permissions those of docs/cluster.md.`
  }
  return num_replicas === 1
    ? `The brokers don't give the stream ${name}: ${message}. Does their configuration allow it?`
    : `The brokers don't give the stream ${name} on ${num_replicas} of them: ${message}. Are ${num_replicas} brokers up, in one cluster? For a trial with one broker, give --nats-replicas 1.`
}

/** Something else may have made the stream, or changed it. Fields that differ from log to log aren't compared. */
function check(config: StreamConfig, { num_replicas: _, metadata: __, ...wanted }: StreamConfig): void {
  // Brokers leave out false fields.
  const wrong = Object.entries(wanted).find(([field, value]) => !contains(config[field] ?? NOTHING[field], value))
  if (!wrong) return
  const [field, value] = wrong
  throw new LastingError(
    `The stream ${wanted.name} has ${field} ${JSON.stringify(config[field])}, and needs ${JSON.stringify(value)}.`,
  )
}

const NOTHING: Readonly<Record<string, unknown>> = { max_age: 0, deny_delete: false, deny_purge: false }

function checkLayout({ metadata }: StreamConfig): void {
  const layout = metadata?.['layout']
  if (layout === LAYOUT) return
  throw new LastingError(`The stream ${LOG} was made by another version of rxchat (layout ${layout}, not ${LAYOUT}).`)
}

/** Brokers add fields to the requested ones. */
function contains(has: unknown, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return has === value
  return Object.entries(value).every(([key, one]) => contains((has as Record<string, unknown> | null)?.[key], one))
}
