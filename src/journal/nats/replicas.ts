/** How the brokers are that keep the log, as the one that leads it sees them. */
import type { NatsConnection } from '@nats-io/transport-node'
import { BROKER_ANSWER_MS, BROKER_SILENT_MS } from '../../model/limits.ts'
import type { BrokerStatus } from '../../port/brokers.ts'
import { LOG } from './names.ts'
import { request } from './requests.ts'

/** `active`: nanoseconds since the leader has heard of it; 0: it hasn't since it leads. */
type Replica = {
  readonly name: string
  readonly current: boolean
  readonly offline?: boolean
  readonly active?: number
}

/** A broker that is in no cluster says nothing of one. */
export type LogInfo = {
  readonly cluster?: {
    readonly leader?: string
    readonly leader_since?: string
    readonly replicas?: readonly Replica[]
  }
  /** The time of the answer. */
  readonly ts?: string
}

/** In the order of their names. Empty: the broker is alone. Rejects if the log has no leader. */
export async function replicasOf(nats: NatsConnection): Promise<readonly BrokerStatus[]> {
  const info = await request<LogInfo>(nats, `STREAM.INFO.${LOG}`, null, BROKER_ANSWER_MS)
  if (info.cluster && !info.cluster.leader) throw new Error('nobody leads the log, so nobody knows')
  return statusesIn(info)
}

export function statusesIn({ cluster = {}, ts = '' }: LogInfo): readonly BrokerStatus[] {
  const { leader, leader_since: since = '', replicas = [] } = cluster
  const led = Date.parse(ts) - Date.parse(since) || 0
  const others = replicas.map(replica => ({ name: replica.name, isLeader: false, state: stateOf(replica, led) }))
  const leading = leader === undefined ? [] : [{ name: leader, isLeader: true, state: 'here' } as const]
  return [...leading, ...others].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * A broker that dies counts as offline only minutes later. Before, nothing more is heard of it. `led`: milliseconds since
 * the leader leads.
 */
function stateOf({ current, offline = false, active = 0 }: Replica, led: number): BrokerStatus['state'] {
  if (current && !offline) return 'here'
  const silence = active > 0 ? active / NS_PER_MS : led
  return offline || silence > BROKER_SILENT_MS ? 'gone' : 'behind'
}

const NS_PER_MS = 1_000_000
