/** The sources of the server's settings: flags, variables and the configuration file, in this order. */
import { dirname, resolve } from 'node:path'
import { FLAGS, SETTINGS } from '../../cli/server-settings.ts'
import { readConfigFile } from '../../config/file.ts'
import { defaultDirectory, findConfig } from '../../config/home.ts'
import { UsageError } from '../../config/usage.ts'
import {
  firstGiven,
  flagLayer,
  type Given,
  type Layer,
  readSetting,
  variable,
  variableLayer,
} from '../../config/values.ts'

export type Configuration = {
  readonly flags: Layer
  readonly variables: Layer
  readonly file: Layer
  /** The file that was read. */
  readonly path: string | null
}

/** Throws UsageError. */
export function readConfiguration(given: ReadonlyMap<string, string>, env: NodeJS.ProcessEnv): Configuration {
  const named = given.get('config') ?? variable(env, FLAGS.config.variable)
  const path = named === undefined ? findConfig(env) : resolve(named)
  const flags = new Map([...given].filter(([name]) => name in SETTINGS))
  return {
    flags: flagLayer(flags, SETTINGS),
    variables: variableLayer(env, SETTINGS),
    file: path === null ? new Map() : readConfigFile(path, Object.keys(SETTINGS)),
    path,
  }
}

const layersOf = ({ flags, variables, file }: Configuration): readonly Layer[] => [flags, variables, file]

export const given = (configuration: Configuration, name: keyof typeof SETTINGS): Given =>
  firstGiven(layersOf(configuration), name, SETTINGS[name].otherwise)

/** The settings that are paths. */
type Path =
  | 'data'
  | 'tls-cert'
  | 'tls-key'
  | 'password-file'
  | 'nats-nkey'
  | 'nats-creds'
  | 'nats-ca'
  | 'nats-cert'
  | 'nats-key'

/** A path in the file is relative to the file's directory. */
function pathIn(layer: Layer, name: Path, { file, path }: Configuration): Given | null {
  const named = layer.get(name)
  if (named === undefined) return null
  const from = layer === file && path !== null ? dirname(path) : process.cwd()
  const read = readSetting(SETTINGS[name], named)
  return read === null ? null : { ...named, text: resolve(from, read) }
}

/** Null: there is none. */
export function pathOf(configuration: Configuration, name: Exclude<Path, 'data'>): string | null {
  const layer = layersOf(configuration).find(one => one.has(name))
  return layer ? (pathIn(layer, name, configuration)?.text ?? null) : null
}

/** The data directory, whether or not it's used. */
export function directory(configuration: Configuration, env: NodeJS.ProcessEnv): Given {
  for (const layer of layersOf(configuration)) {
    const named = pathIn(layer, 'data', configuration)
    if (named) return named
  }
  return { text: defaultDirectory(env), source: 'default', name: 'data' }
}

/**
 * The data directory; null: in memory. If both settings are given, the source with the higher priority decides.
 * Variables may give both: a container image sets a directory, and its user may want nothing stored.
 */
export function whereKept(configuration: Configuration, env: NodeJS.ProcessEnv): Given | null {
  let decided = false
  for (const layer of layersOf(configuration)) {
    const named = pathIn(layer, 'data', configuration)
    const ephemeral: Given | undefined = decided ? undefined : layer.get('ephemeral')
    if (ephemeral && readSetting(SETTINGS.ephemeral, ephemeral)) {
      if (named === null || layer === configuration.variables) return null
      throw new UsageError(`${named.name} and ${ephemeral.name} contradict each other. Give one of them.`)
    }
    if (named) return named
    decided ||= ephemeral !== undefined
  }
  return directory(configuration, env)
}
