/** The settings of `rxchat-server` from all sources, or a text to print instead. */
import { FILES_QUOTA_BYTES, FILES_QUOTA_MEMORY_BYTES, RATE_BURST } from '../../../model/limits.ts'
import type { FileBounds } from '../../../server/files/bounds.ts'
import type { Options } from '../../../server/server.ts'
import { MANUAL } from '../../cli/server.ts'
import { FLAGS, SETTINGS } from '../../cli/server-settings.ts'
import { refuseUnknownVariables } from '../../cli/variables.ts'
import { readArguments } from '../../config/arguments.ts'
import { configPlaces } from '../../config/home.ts'
import { printedConfig } from '../../config/print.ts'
import type { Value } from '../../config/setting.ts'
import { nearest } from '../../config/suggestion.ts'
import { readTheme, type Theme } from '../../config/theme.ts'
import { UsageError } from '../../config/usage.ts'
import { type Given, readSetting } from '../../config/values.ts'
import { helpText } from '../../manual/help.ts'
import { type ClusterSettings, readCluster } from './cluster.ts'
import { type Configuration, given, readConfiguration, whereKept } from './configuration.ts'
import { type Guards, readGuards } from './guards.ts'

export type ServerSettings = {
  readonly port: number
  readonly host: string | undefined
  /** The data directory; null: in memory. */
  readonly data: string | null
  /** Origins whose pages may connect, besides the server's own. */
  readonly allowOrigins: readonly string[]
  /** Null: no TLS. */
  readonly tls: Guards['tls']
  /** Processes that serve the connections; null: this one does. */
  readonly workers: number | null
  /** This node among several; null: the server is alone. */
  readonly cluster: ClusterSettings | null
  /** Public address of this server, as `HOST:PORT`; null: it isn't said. */
  readonly advertise: string | null
  /** Milliseconds that a stop waits for clients that can't go on at another node. */
  readonly drain: number
  /** Whether hooks may go to addresses of the local network and of this machine. */
  readonly allowPrivateHooks: boolean
  readonly options: Options
  /** The password file, which is read again on SIGHUP; null: there is none. */
  readonly passwordFile: string | null
  /** The configuration file that was read. */
  readonly config: string | null
  /** Whether events aren't printed. */
  readonly quiet: boolean
  /** Warnings about settings that work but should be given otherwise. */
  readonly warnings: readonly string[]
  readonly logLevel: Value<(typeof SETTINGS)['log-level']>
  readonly plain: boolean
  /** Null: taken from the terminal. */
  readonly theme: Theme | null
}

/** Returns a text if it's to be printed instead. Throws UsageError. */
export function readFlags(argv: readonly string[], env: NodeJS.ProcessEnv): ServerSettings | string {
  const read = readArguments(argv, FLAGS, () => helpText(MANUAL))
  if (typeof read === 'string') return read
  refuseUnknownVariables(env)
  refuseWords(read.words)
  const configuration = readConfiguration(read.given, env)
  const kept = whereKept(configuration, env)
  const terminal = { plain: read.given.has('plain'), theme: readTheme(read.given.get('theme')) }
  const settings = { ...settingsOf(configuration, kept), ...terminal }
  refuseWorkers(settings)
  refuseCluster(settings)
  return read.given.has('print-config') ? shown(configuration, kept, env) : settings
}

const TOOLS = (MANUAL.commands ?? []).map(({ name }) => name.slice(MANUAL.name.length + 1))

function refuseWords([word]: readonly string[]): void {
  if (word === undefined) return
  const meant = nearest(word, TOOLS)
  if (meant === word) throw new UsageError(`The command must come first: rxchat-server ${word}.`)
  if (meant !== undefined) throw new UsageError(`There is no command ${word}. Did you mean ${meant}?`)
  const flag = /^\d+$/.test(word) ? `--port ${word}` : '--host and --port'
  throw new UsageError(`"${word}" is not a flag. Name the address to listen on with ${flag}.`)
}

/** A certificate that is only in memory is that of one process. */
function refuseWorkers({ workers, data, tls }: Pick<ServerSettings, 'workers' | 'data' | 'tls'>): void {
  if (workers === null || data !== null || !tls || tls.files) return
  throw new UsageError('--workers with --ephemeral cannot make a certificate. Give one with --tls-cert and --tls-key.')
}

/** A node keeps a copy of the log in its data directory. More nodes take the place of more processes. */
function refuseCluster({ cluster, workers, data }: Pick<ServerSettings, 'cluster' | 'workers' | 'data'>): void {
  if (cluster === null) return
  if (workers !== null)
    throw new UsageError('--nats with --workers does not work. Start one node for each core instead.')
  if (data === null) throw new UsageError('--nats with --ephemeral does not work. A node needs a data directory.')
}

function settingsOf(configuration: Configuration, kept: Given | null): Omit<ServerSettings, 'plain' | 'theme'> {
  const value = <Name extends keyof typeof SETTINGS>(name: Name): Value<(typeof SETTINGS)[Name]> =>
    readSetting(SETTINGS[name], given(configuration, name))
  const rate = value('rate')
  const { tls, tlsOnly, password, passwordFile, trusts, warnings } = readGuards(configuration)
  return {
    port: value('port'),
    host: value('host') ?? undefined,
    data: kept?.text ?? null,
    allowOrigins: value('allow-origin'),
    tls,
    passwordFile,
    workers: value('workers'),
    cluster: readCluster(configuration),
    advertise: value('advertise'),
    drain: value('drain'),
    allowPrivateHooks: value('allow-private-hooks'),
    options: {
      files: filesIn(value('files'), value('files-quota'), kept !== null, value('workers') !== null),
      grace: value('grace') * 1000,
      rate: rate === null ? null : { perSecond: rate, burst: Math.max(rate * 4, RATE_BURST) },
      perAddress: value('per-address'),
      keep: value('keep'),
      editTime: value('edit-time'),
      maxClients: value('max-clients'),
      password,
      tlsOnly,
      trusts,
      tlsSeen: value('tls-seen'),
      registration: value('registration'),
      guests: value('guests'),
    },
    config: configuration.path,
    quiet: value('quiet'),
    warnings,
    logLevel: value('log-level'),
  }
}

/** Workers share the files on the disk, and nothing else. */
function filesIn(most: number | null, quota: number | null, isOnDisk: boolean, hasWorkers: boolean): FileBounds | null {
  if (most === null || (hasWorkers && !isOnDisk)) return null
  return { most, quota: quota ?? (isOnDisk ? FILES_QUOTA_BYTES : FILES_QUOTA_MEMORY_BYTES) }
}

/** The effective settings: only one of --data and --ephemeral applies. */
function shown(configuration: Configuration, kept: Given | null, env: NodeJS.ProcessEnv): string {
  const all = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]).map(
    name => [name, given(configuration, name)] as const,
  )
  const effective = new Map<string, Given>(all)
  if (kept === null) effective.delete('data')
  else {
    effective.set('data', kept)
    const { text, source } = given(configuration, 'ephemeral')
    const overruled = readSetting(SETTINGS.ephemeral, given(configuration, 'ephemeral'))
    effective.set('ephemeral', {
      name: 'ephemeral',
      text: overruled ? 'off' : text,
      source: overruled ? kept.source : source,
    })
  }
  return printedConfig('rxchat-server', SETTINGS, effective, configuration.path, configPlaces(env))
}
