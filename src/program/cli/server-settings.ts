/**
 * The settings of `rxchat-server`, in one table. Flags, variables, keys of the configuration file, help, man page and
 * completions are all made from it.
 */

import { readDuration } from '../../model/duration.ts'
import { CLIENTS_MAX, GRACE_MS, MEMBERS_PER_ADDRESS, RATE_PER_SECOND, WORKERS_MAX } from '../../model/limits.ts'
import { readOrigin } from '../../server/http/origins.ts'
import type { Keep } from '../../server/options.ts'
import { hexOf, readFingerprint } from '../../transport/tls/fingerprint.ts'
import { nobody, readTrusted, type Trusts } from '../../transport/trust.ts'
import type { Flags } from '../config/arguments.ts'
import {
  InvalidSetting,
  oneOf,
  onOrOff,
  type SettingTable,
  sizeOr,
  text,
  unless,
  whole,
  wholeOrOff,
} from '../config/setting.ts'
import { THEME_FLAG } from '../config/theme.ts'
import { CLUSTER_SETTINGS } from './cluster-settings.ts'

const REGISTRATIONS = ['open', 'invite', 'closed'] as const

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'off'] as const

const FILE_SIZES_MAX = 2_000_000_000
const QUOTAS_MAX = 100_000_000_000_000

const UNITS_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000 }

/** `30d` or `12h`: younger messages; `100000`: the latest so many; `all`. */
function keep(given: string): Keep | null | InvalidSetting {
  if (given === 'all') return null
  const [, digits = '', unit] = /^(\d{1,9})([dh])?$/.exec(given) ?? []
  const count = Number(digits)
  if (count >= 1) return unit === undefined ? { count } : { age: count * (UNITS_MS[unit] ?? 0) }
  return new InvalidSetting('be a time such as 30d or 12h, a number of messages, or all')
}

/** `24h` or `10m`: so long after it was sent; `off`: never; `any`: always. */
function editTime(given: string): number | InvalidSetting {
  if (given === 'off') return 0
  if (given === 'any') return Number.POSITIVE_INFINITY
  return readDuration(given) ?? new InvalidSetting('be a time such as 24h or 10m, off, or any')
}

/** Several are separated by commas. `own`: only the server's own. */
function origins(given: string): readonly string[] | InvalidSetting {
  if (given === 'own') return []
  const read = given.split(',').map(one => readOrigin(one.trim()))
  const known = read.filter(one => one !== null)
  return known.length === read.length
    ? known
    : new InvalidSetting('be origins such as https://chat.example, without a path, separated by commas')
}

/** Addresses and networks, separated by commas. */
function trusted(text: string): Trusts | InvalidSetting {
  if (text === 'none') return nobody
  return (
    readTrusted(text.split(',').map(one => one.trim())) ??
    new InvalidSetting('be addresses or networks such as 10.0.0.1 or 10.0.0.0/8, or none')
  )
}

/** A certificate's fingerprint, as hex of its SHA-256. */
function certificate(text: string): string | null | InvalidSetting {
  if (text === 'none') return null
  const fingerprint = readFingerprint(text)
  return fingerprint === null
    ? new InvalidSetting('be the SHA-256 fingerprint of a certificate, as openssl and browsers show it, or none')
    : hexOf(fingerprint)
}

export const SETTINGS = {
  port: {
    value: 'N',
    help: 'port to listen on, 0 for any free one',
    otherwise: '3001',
    variable: 'RXCHAT_PORT',
    read: whole(0, 65_535),
  },
  host: {
    value: 'ADDRESS',
    help: 'address to listen on',
    otherwise: 'all',
    variable: 'RXCHAT_HOST',
    read: unless('all'),
  },
  data: {
    value: 'DIR',
    help: 'data directory',
    otherwise: '$XDG_STATE_HOME/rxchat',
    variable: 'RXCHAT_DATA',
    completes: 'directories',
    read: text,
  },
  ephemeral: {
    help: 'keep everything in memory, nothing on disk',
    otherwise: 'off',
    variable: 'RXCHAT_EPHEMERAL',
    read: onOrOff,
  },
  keep: {
    value: 'HOW',
    help: 'messages to keep: 30d, 12h, a number, or all',
    otherwise: 'all',
    variable: 'RXCHAT_KEEP',
    read: keep,
  },
  'edit-time': {
    value: 'TIME',
    help: 'how long a message can be edited: 24h, off, any',
    otherwise: '24h',
    variable: 'RXCHAT_EDIT_TIME',
    read: editTime,
  },
  files: {
    value: 'SIZE',
    help: 'largest file that people may send, or off',
    otherwise: '10MB',
    variable: 'RXCHAT_FILES',
    read: sizeOr('off', FILE_SIZES_MAX),
  },
  'files-quota': {
    value: 'SIZE',
    help: 'all files together; auto: 1GB, in memory 100MB',
    otherwise: 'auto',
    variable: 'RXCHAT_FILES_QUOTA',
    read: sizeOr('auto', QUOTAS_MAX),
  },
  grace: {
    value: 'SECONDS',
    help: 'how long a disconnected session is kept',
    otherwise: `${GRACE_MS / 1000}`,
    variable: 'RXCHAT_GRACE',
    read: whole(0, 7 * 24 * 3600),
  },
  rate: {
    value: 'N',
    help: 'messages per second and session, or off',
    otherwise: `${RATE_PER_SECOND}`,
    variable: 'RXCHAT_RATE',
    read: wholeOrOff(1, 1_000_000),
  },
  'per-address': {
    value: 'N',
    help: 'maximum members per address, or off',
    otherwise: `${MEMBERS_PER_ADDRESS}`,
    variable: 'RXCHAT_PER_ADDRESS',
    read: wholeOrOff(1, 1_000_000),
  },
  'max-clients': {
    value: 'N',
    help: 'maximum members',
    otherwise: `${CLIENTS_MAX}`,
    variable: 'RXCHAT_MAX_CLIENTS',
    read: whole(1, 1_000_000),
  },
  'allow-origin': {
    value: 'URL',
    help: 'allow pages from this origin; repeatable',
    otherwise: 'own',
    variable: 'RXCHAT_ALLOW_ORIGIN',
    repeats: true,
    read: origins,
  },
  tls: {
    help: 'accept TLS too, with a self-made certificate',
    otherwise: 'off',
    variable: 'RXCHAT_TLS',
    read: onOrOff,
  },
  'tls-cert': {
    value: 'FILE',
    help: 'TLS certificate with its chain (PEM)',
    otherwise: 'own',
    variable: 'RXCHAT_TLS_CERT',
    completes: 'files',
    read: unless('own'),
  },
  'tls-key': {
    value: 'FILE',
    help: 'key of the certificate (PEM)',
    otherwise: 'own',
    variable: 'RXCHAT_TLS_KEY',
    completes: 'files',
    read: unless('own'),
  },
  'tls-only': {
    help: 'refuse plain-text connections',
    otherwise: 'off',
    variable: 'RXCHAT_TLS_ONLY',
    read: onOrOff,
  },
  'password-file': {
    value: 'FILE',
    help: 'require this password (first line of FILE)',
    otherwise: 'none',
    variable: 'RXCHAT_PASSWORD_FILE',
    completes: 'files',
    read: unless('none'),
  },
  password: {
    value: 'WORD',
    help: 'the same, but visible in process lists',
    otherwise: '',
    variable: 'RXCHAT_PASSWORD',
    secret: true,
    read: text,
  },
  'trust-proxy': {
    value: 'ADDRESS',
    help: 'trust this proxy; repeatable',
    otherwise: 'none',
    variable: 'RXCHAT_TRUST_PROXY',
    repeats: true,
    read: trusted,
  },
  'tls-seen': {
    value: 'FINGERPRINT',
    help: 'certificate that a proxy in front shows',
    otherwise: 'none',
    variable: 'RXCHAT_TLS_SEEN',
    read: certificate,
  },
  registration: {
    value: 'HOW',
    help: `new accounts: ${REGISTRATIONS.join(', ')}`,
    otherwise: 'open',
    variable: 'RXCHAT_REGISTRATION',
    completes: REGISTRATIONS,
    read: oneOf(...REGISTRATIONS),
  },
  guests: {
    value: 'ON',
    help: 'let people without an account in: on, off',
    otherwise: 'on',
    variable: 'RXCHAT_GUESTS',
    completes: ['on', 'off'],
    read: onOrOff,
  },
  workers: {
    value: 'N',
    help: 'serve connections in N processes, or off',
    otherwise: 'off',
    variable: 'RXCHAT_WORKERS',
    read: wholeOrOff(1, WORKERS_MAX),
  },
  ...CLUSTER_SETTINGS,
  'allow-private-hooks': {
    help: 'allow webhooks to private addresses',
    otherwise: 'off',
    variable: 'RXCHAT_ALLOW_PRIVATE_HOOKS',
    read: onOrOff,
  },
  quiet: {
    help: 'do not print messages and room events',
    otherwise: 'off',
    variable: 'RXCHAT_QUIET',
    read: onOrOff,
  },
  'log-level': {
    value: 'LEVEL',
    help: `log: ${LOG_LEVELS.join(', ')}`,
    otherwise: 'warn',
    variable: 'RXCHAT_LOG_LEVEL',
    completes: LOG_LEVELS,
    read: oneOf(...LOG_LEVELS),
  },
} as const satisfies SettingTable

/** The settings, and flags for this start or this terminal only, which aren't keys of the file. */
export const FLAGS = {
  ...SETTINGS,
  config: {
    value: 'FILE',
    help: 'configuration file',
    otherwise: 'rxchat/server.toml',
    variable: 'RXCHAT_CONFIG',
    completes: 'files',
  },
  'print-config': { help: 'print the configuration in effect and exit' },
  plain: { short: 'c', help: 'line-by-line console, no drawn screen' },
  theme: THEME_FLAG,
} as const satisfies Flags<string>
