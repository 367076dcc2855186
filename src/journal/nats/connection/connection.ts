/** The connection of a node to its brokers, which is made again whenever it's lost. */
import { setTimeout } from 'node:timers/promises'
import {
  connect,
  credsAuthenticator,
  type NatsConnection,
  type NodeConnectionOptions,
  nkeyAuthenticator,
} from '@nats-io/transport-node'
import {
  BROKER_AGAIN_MS,
  BROKER_ANSWER_MS,
  BROKER_FIRST_MS,
  BROKER_PING_MS,
  COMMIT_BYTES,
  LEADER_ANSWER_MS,
} from '../../../model/limits.ts'
import { DataError, LastingError } from '../../data-error.ts'
import { inboxPrefix } from '../names.ts'
import { reachesLeader } from '../requests.ts'
import type { ConnectionEvent } from './connection-event.ts'
import { Contact } from './contact.ts'
import { LeaderSearch } from './leader-search.ts'
import { rarely } from './rarely.ts'

export type Brokers = {
  readonly nats: NatsConnection
  /** The name of this node. */
  readonly node: string
  /**
   * Whether a broker is connected. While none is, the connection collects published messages, so a repeated attempt
   * would be collected again and again.
   */
  readonly isUp: () => boolean
  /** The outcome of `work`. Rejects when the connection is lost before. */
  readonly whileUp: <T>(work: Promise<T>) => Promise<T>
  readonly search: LeaderSearch
  readonly contact: Contact
}

/** A node's way to its brokers, and its credentials. */
export type BrokerAccess = {
  /** URLs with their ports. */
  readonly brokers: readonly string[]
  /** The name of the node. */
  readonly node: string
  /** The seed of an nkey; null: the node has none. */
  readonly seed: Uint8Array | null
  /** The content of a credentials file, instead of a seed. */
  readonly creds: Uint8Array | null
  /** PEM; null: the authorities of the system, or no certificate of its own. */
  readonly tls: { readonly ca: string | null; readonly cert: string | null; readonly key: string | null } | null
}

/** Rejects with a DataError if no broker lets the node in. */
export async function connectToBrokers(
  access: BrokerAccess,
  hear: (event: ConnectionEvent) => void = () => {},
): Promise<Brokers> {
  let wanted: string | null = null
  const nats = await connected(
    {
      ...optionsOf(access),
      reconnectToServer(pool) {
        const found = pool.find(({ listen }) => listen === wanted)
        wanted = null
        return found ?? null
      },
    },
    access,
  )
  const pending = new Set<(error: Error) => void>()
  const elapsed = (): number => performance.now()
  const isNew = rarely(elapsed)
  const contact = new Contact(nats.getServer(), elapsed, hear)
  const search = new LeaderSearch({
    ownReachesLeader: () => reachesLeader(nats),
    others: () => access.brokers.filter(url => hostOf(url) !== nats.getServer()),
    ask: async url => {
      const asking = await connect({
        ...optionsOf(access),
        servers: [url],
        reconnect: false,
        timeout: LEADER_ANSWER_MS,
      })
      return { reachesLeader: () => reachesLeader(asking), close: () => asking.close() }
    },
    elapsed,
    pause: () => setTimeout(BROKER_AGAIN_MS, undefined, { ref: false }),
    go(url) {
      wanted = hostOf(url)
      void nats.reconnect().catch(() => {})
    },
  })
  void (async () => {
    for await (const status of nats.status()) {
      if (status.type === 'disconnect' && contact.isUp) {
        contact.disconnected(status.server)
        search.end()
        for (const reject of [...pending]) reject(new Error('the broker is gone'))
      } else if (status.type === 'reconnect') contact.reconnected(status.server)
      else if (status.type === 'error' && isNew(status.error.message)) {
        hear({ type: 'forbidden', reason: status.error.message })
      }
    }
  })()
  void nats.closed().then(error => {
    contact.close()
    if (error) hear({ type: 'locked-out', error: lockedOut(access, error) })
  })
  return { nats, node: access.node, isUp: () => contact.isUp, whileUp, search, contact }

  function whileUp<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      pending.add(reject)
      void work.then(resolve, reject).finally(() => pending.delete(reject))
    })
  }
}

/** The host of a broker, in the form that a connection uses. */
const hostOf = (url: string): string => new URL(url).host

async function connected(options: NodeConnectionOptions, access: BrokerAccess): Promise<NatsConnection> {
  const giveUpAt = performance.now() + BROKER_FIRST_MS
  for (;;) {
    try {
      return await sufficient(await connect(options))
    } catch (error) {
      if (error instanceof DataError) throw error
      const { message, code = '' } = error as NodeJS.ErrnoException
      if (CERTIFICATE.test(code)) throw new LastingError(mistrust(access, message))
      if (isRefusal(error as Error)) throw lockedOut(access, error as Error)
      if (performance.now() > giveUpAt) throw new DataError(noBroker(access, message))
      await setTimeout(BROKER_AGAIN_MS)
    }
  }
}

/** Rejects with a DataError if the broker knows no atomic batches, or refuses a message as large as those of a node. */
async function sufficient(nats: NatsConnection): Promise<NatsConnection> {
  const { version = '', max_payload } = nats.info ?? { max_payload: 0 }
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isRecent = major > 2 || (major === 2 && minor >= 12)
  if (isRecent && max_payload >= PAYLOAD_BYTES) return nats
  const broker = nats.getServer()
  await nats.close()
  throw new LastingError(
    isRecent
      ? `The broker ${broker} takes messages of ${max_payload} bytes, and rxchat needs ${PAYLOAD_BYTES}. Leave max_payload out of its configuration.`
      : `The broker ${broker} is nats-server ${version}, and rxchat needs 2.12 or newer. Update it.`,
  )
}

/**
 * Size of the largest message of a node, with the additions of JSON and headers to a commit. By default a broker takes
 * 1 MiB.
 */
const PAYLOAD_BYTES = COMMIT_BYTES + 65_536

function optionsOf({ brokers, node, seed, creds, tls }: BrokerAccess): NodeConnectionOptions {
  const credential = seed ? nkeyAuthenticator(seed) : creds ? credsAuthenticator(creds) : null
  return {
    ...{ servers: [...brokers], name: `rxchat ${node}`, inboxPrefix: inboxPrefix(node) },
    ...{ timeout: BROKER_ANSWER_MS, pingInterval: BROKER_PING_MS, maxPingOut: 2 },
    ...{ maxReconnectAttempts: -1, reconnectTimeWait: BROKER_AGAIN_MS, reconnectJitter: BROKER_AGAIN_MS },
    noAsyncTraces: true,
    ...(credential ? { authenticator: credential } : {}),
    ...(tls ? { tls: given(tls) } : {}),
  }
}

const given = (fields: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== null))

/** The codes of errors with the certificate of a broker. Time doesn't mend them. */
const CERTIFICATE = /CERT|UNABLE_TO|ERR_TLS|ERR_SSL|ERR_OSSL/

const mistrust = ({ brokers, tls }: BrokerAccess, message: string): string => {
  const remedy = tls?.ca
    ? 'Is --nats-ca the authority that signed its certificate?'
    : 'Give its authority with --nats-ca.'
  return `A broker at ${brokers.join(', ')} can't be trusted: ${message.split(';')[0]}. ${remedy}`
}

const noBroker = ({ brokers }: BrokerAccess, message: string): string =>
  `No broker answers at ${brokers.join(', ')}: ${message}. Start them, or correct --nats.`

/** Whether the broker has refused, not just run out of time. */
const isRefusal = ({ name, message }: Error): boolean =>
  (name === 'AuthorizationError' || name === 'UserAuthenticationExpiredError') && !/timeout/i.test(message)

function lockedOut({ node }: BrokerAccess, error: Error): DataError {
  const sentence = `The brokers don't let node ${node} in: ${error.message}. Is its nkey among the users of their configuration?`
  return isRefusal(error) ? new LastingError(sentence) : new DataError(sentence)
}
