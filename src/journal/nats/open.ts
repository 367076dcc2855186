/** A node's access to the log of its chat at the brokers. Loaded only with `--nats`. */
import type { BrokerStatus } from '../../port/brokers.ts'
import type { SharedStates, Stream } from '../replicated/stream/stream.ts'
import { type BrokerAccess, connectToBrokers } from './connection/connection.ts'
import type { ConnectionEvent } from './connection/connection-event.ts'
import { FILES, STATES } from './names.ts'
import { sharedStates } from './objects.ts'
import { replicasOf } from './replicas.ts'
import { sharedSecret } from './shared-secret.ts'
import { natsStream } from './stream.ts'
import { openStreams } from './streams.ts'

export type BrokerLog = {
  readonly stream: Stream
  /** A store for files that the nodes share. */
  readonly files: SharedStates
  /** The secret of this name that all nodes have: `own`, if this node is the first to ask. */
  readonly secret: (name: string, own: string) => Promise<string>
  /** Brokers that store each message. */
  readonly replicas: number
  /** The state of the brokers that keep the log. Empty: there's one, in no cluster. Rejects if the log has no leader. */
  readonly statuses: () => Promise<readonly BrokerStatus[]>
}

type Given = BrokerAccess & {
  /** Brokers that store each message, if this node makes the log. */
  readonly replicas: number
  /** Names the log if this node makes it. */
  readonly epoch: string
  readonly hear?: (event: ConnectionEvent) => void
}

/** Rejects with a DataError. */
export async function openBrokerLog({ replicas, epoch, hear, ...access }: Given): Promise<BrokerLog> {
  const brokers = await connectToBrokers(access, hear)
  try {
    const log = await openStreams(brokers, replicas, epoch)
    const files = sharedStates(brokers, FILES)
    const statuses = (): Promise<readonly BrokerStatus[]> => replicasOf(brokers.nats)
    const secret: BrokerLog['secret'] = (name, own) => sharedSecret(brokers, STATES, name, own)
    return { stream: await natsStream(brokers, log.epoch), files, secret, replicas: log.replicas, statuses }
  } catch (error) {
    await brokers.nats.close()
    throw error
  }
}
