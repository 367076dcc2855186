/** How the brokers are that keep the log, as the one that leads it sees them. */
import type { NatsConnection } from '@nats-io/transport-node'
import { BROKER_ANSWER_MS, BROKER_SILENT_MS } from '../../model/limits.ts'
import type { BrokerStatus } from '../../port/brokers.ts'
import { LOG } from './names.ts'
import { request } from './requests.ts'

/** `active`: nanoseconds since it was last heard of. */
type Replica = {
  readonly name: string
  readonly current: boolean
  readonly offline?: boolean
  readonly active?: number
}

/** A broker that is in no cluster says nothing of one. */
export type LogInfo = {
  readonly cluster?: { readonly leader?: string; readonly replicas?: readonly Replica[] }
}

/** In the order of their names. Empty: the broker is alone. Rejects if the log has no leader. */
export async function replicasOf(nats: NatsConnection): Promise<readonly BrokerStatus[]> {
  return statusesIn(await request<LogInfo>(nats, `STREAM.INFO.${LOG}`, null, BROKER_ANSWER_MS))
}

export function statusesIn({ cluster: { leader, replicas = [] } = {} }: LogInfo): readonly BrokerStatus[] {
  const others = replicas.map(replica => ({ name: replica.name, isLeader: false, state: stateOf(replica) }))
  const leading =
    leader === undefined || leader === '' ? [] : [{ name: leader, isLeader: true, state: 'here' } as const]
  return [...leading, ...others].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A broker that dies counts as offline only minutes later. Before, nothing more is heard of it. */
function stateOf({ current, offline = false, active = 0 }: Replica): BrokerStatus['state'] {
  if (current && !offline) return 'here'
  return offline || active > BROKER_SILENT_MS * NS_PER_MS ? 'gone' : 'behind'
}

const NS_PER_MS = 1_000_000
