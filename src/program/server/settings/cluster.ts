/** The settings of a node among several (docs/cluster.md). */
import { hostname } from 'node:os'
import { CLUSTER_SETTINGS, isNodeName } from '../../cli/cluster-settings.ts'
import type { Value } from '../../config/setting.ts'
import { UsageError } from '../../config/usage.ts'
import { readSetting } from '../../config/values.ts'
import { type Configuration, given, pathOf } from './configuration.ts'

export type ClusterSettings = {
  /** URLs of brokers, with their ports. */
  readonly brokers: readonly string[]
  /** The name of this node. */
  readonly node: string
  /** Paths; null: not given. A node has an nkey or credentials, or neither. */
  readonly nkey: string | null
  readonly creds: string | null
  readonly ca: string | null
  /** A certificate of this node and its key; null: it shows none. */
  readonly certificate: { readonly cert: string; readonly key: string } | null
  /** The monitoring ports of brokers, as origins. */
  readonly monitors: readonly string[]
  /** Brokers that store each message. */
  readonly replicas: number
}

/** Null: this server is alone. Throws UsageError. */
export function readCluster(configuration: Configuration): ClusterSettings | null {
  const value = <Name extends keyof typeof CLUSTER_SETTINGS>(name: Name): Value<(typeof CLUSTER_SETTINGS)[Name]> =>
    readSetting(CLUSTER_SETTINGS[name], given(configuration, name))
  const [brokers, node] = [value('nats'), value('node')]
  const [monitors, replicas] = [value('nats-monitor'), value('nats-replicas')]
  if (brokers === null) {
    refuseAlone(configuration)
    return null
  }
  const [nkey, creds] = [pathOf(configuration, 'nats-nkey'), pathOf(configuration, 'nats-creds')]
  if (nkey !== null && creds !== null) {
    throw new UsageError('--nats-nkey and --nats-creds contradict each other. Give one of them.')
  }
  return {
    ...{ brokers, nkey, creds, monitors, replicas },
    node: node ?? machineName(),
    ca: pathOf(configuration, 'nats-ca'),
    certificate: readCertificate(configuration),
  }
}

/** A node that forgot --nats would be a second chat under the same address. */
function refuseAlone(configuration: Configuration): void {
  for (const name of Object.keys(CLUSTER_SETTINGS) as (keyof typeof CLUSTER_SETTINGS)[]) {
    const one = given(configuration, name)
    if (name === 'advertise' || name === 'drain' || one.text === CLUSTER_SETTINGS[name].otherwise) continue
    throw new UsageError(`${one.name} is for a node among several. Give --nats, the brokers that they share, too.`)
  }
}

function readCertificate(configuration: Configuration): ClusterSettings['certificate'] {
  const [cert, key] = [pathOf(configuration, 'nats-cert'), pathOf(configuration, 'nats-key')]
  if (cert !== null && key !== null) return { cert, key }
  if (cert === null && key === null) return null
  const missing = cert === null ? '--nats-cert' : '--nats-key'
  throw new UsageError(`${missing} is missing. Give the certificate of this node together with its key.`)
}

/** The name of this machine, up to its first dot. */
function machineName(): string {
  const [name = ''] = hostname().split('.')
  if (isNodeName(name)) return name
  throw new UsageError(`This machine's name, "${name}", can't name a node. Give --node NAME.`)
}
