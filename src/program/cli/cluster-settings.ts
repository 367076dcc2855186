/** The settings of `rxchat-server` for one chat on several nodes (docs/cluster.md): a part of the table of all settings. */
import { readDuration } from '../../model/duration.ts'
import { DRAIN_MAX_S, REPLICAS, REPLICAS_MAX } from '../../model/limits.ts'
import { hostAndPort, readAddress } from '../../system/address.ts'
import { InvalidSetting, type SettingTable, unless, whole } from '../config/setting.ts'

/** Several are separated by commas; null: `off`, this server is alone. */
function brokers(given: string): readonly string[] | null | InvalidSetting {
  if (given === 'off') return null
  const read = given.split(',').map(one => broker(one.trim()))
  const known = read.filter(one => one !== null)
  return known.length === read.length
    ? known
    : new InvalidSetting('be brokers such as nats://a.example:4222 or tls://a.example, separated by commas, or off')
}

/** A broker's URL with its port. Null: it's none, or has a password, which every user of the machine could read. */
function broker(given: string): string | null {
  const [, scheme = 'nats', place = ''] = /^(?:(nats|tls):\/\/)?([^/@]+)\/?$/.exec(given) ?? []
  const url = URL.parse(`http://${place}`)
  if (!url || place === '') return null
  return `${scheme}://${url.hostname}:${/:\d+$/.test(place) ? url.port || '80' : BROKER_PORT}`
}

const BROKER_PORT = 4222

/** Several are separated by commas. `none`: the brokers aren't asked. */
function monitors(given: string): readonly string[] | InvalidSetting {
  if (given === 'none') return []
  const read = given.split(',').map(one => URL.parse(one.trim()))
  return read.every(url => url !== null && /^https?:$/.test(url.protocol))
    ? read.map(url => (url as URL).origin)
    : new InvalidSetting('be URLs such as http://a.example:8222, separated by commas, or none')
}

/** A name that's also part of a subject and of a permission. `host`: null, the name of the machine. */
function nodeName(given: string): string | null | InvalidSetting {
  if (given === 'host') return null
  return isNodeName(given) ? given : new InvalidSetting('be up to 32 letters, digits, - and _')
}

export const isNodeName = (name: string): boolean => /^[\w-]{1,32}$/.test(name)

/** Public address of this node: `HOST:PORT`; null: `none`, it isn't said. */
function advertised(given: string): string | null | InvalidSetting {
  if (given === 'none') return null
  const read = given.includes('/') ? null : readAddress(given)
  return read === null ? new InvalidSetting('be HOST:PORT, or none') : hostAndPort(read.host, read.port)
}

/** Milliseconds. */
function drain(given: string): number | InvalidSetting {
  const ms = given === 'off' ? 0 : readDuration(given)
  return ms === null || ms > DRAIN_MAX_S * 1000
    ? new InvalidSetting('be a time up to 1d, such as 30s or 10m, or off')
    : ms
}

export const CLUSTER_SETTINGS = {
  nats: {
    value: 'URL',
    help: 'NATS brokers that several nodes share, or off; repeatable',
    otherwise: 'off',
    variable: 'RXCHAT_NATS',
    repeats: true,
    read: brokers,
  },
  node: {
    value: 'NAME',
    help: 'name of this node; host: the name of the machine',
    otherwise: 'host',
    variable: 'RXCHAT_NODE',
    read: nodeName,
  },
  'nats-nkey': {
    value: 'FILE',
    help: 'seed of the nkey that the brokers know this node by',
    otherwise: 'none',
    variable: 'RXCHAT_NATS_NKEY',
    completes: 'files',
    read: unless('none'),
  },
  'nats-creds': {
    value: 'FILE',
    help: 'credentials for brokers that use accounts by JWT',
    otherwise: 'none',
    variable: 'RXCHAT_NATS_CREDS',
    completes: 'files',
    read: unless('none'),
  },
  'nats-ca': {
    value: 'FILE',
    help: 'authority that signed the certificates of the brokers',
    otherwise: 'system',
    variable: 'RXCHAT_NATS_CA',
    completes: 'files',
    read: unless('system'),
  },
  'nats-cert': {
    value: 'FILE',
    help: 'certificate of this node, for the brokers',
    otherwise: 'none',
    variable: 'RXCHAT_NATS_CERT',
    completes: 'files',
    read: unless('none'),
  },
  'nats-key': {
    value: 'FILE',
    help: 'key of that certificate',
    otherwise: 'none',
    variable: 'RXCHAT_NATS_KEY',
    completes: 'files',
    read: unless('none'),
  },
  'nats-monitor': {
    value: 'URL',
    help: 'monitoring port of a broker; repeatable',
    otherwise: 'none',
    variable: 'RXCHAT_NATS_MONITOR',
    repeats: true,
    read: monitors,
  },
  'nats-replicas': {
    value: 'N',
    help: 'brokers that store each message, when the log is made',
    otherwise: `${REPLICAS}`,
    variable: 'RXCHAT_NATS_REPLICAS',
    read: whole(1, REPLICAS_MAX),
  },
  advertise: {
    value: 'ADDRESS',
    help: 'where clients reach this node: HOST:PORT, or none',
    otherwise: 'none',
    variable: 'RXCHAT_ADVERTISE',
    read: advertised,
  },
  drain: {
    value: 'TIME',
    help: 'how long netcat clients may stay at a stop, or off',
    otherwise: 'off',
    variable: 'RXCHAT_DRAIN',
    read: drain,
  },
} as const satisfies SettingTable
