/** The user's directories: the home directory, and those of the XDG specification, 0.8, in it. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from './usage.ts'

/** Null: there is none, as in a container whose user id has no account. */
export function home(): string | null {
  try {
    return homedir() || null
  } catch {
    return null
  }
}

/** Null: it's not known. */
export function stateDirectory(env: NodeJS.ProcessEnv): string | null {
  const state = env['XDG_STATE_HOME'] || inHome('.local', 'state')
  return state === null ? null : join(state, 'rxchat')
}

function configDirectory(env: NodeJS.ProcessEnv): string | null {
  const config = env['XDG_CONFIG_HOME'] || inHome('.config')
  return config === null ? null : join(config, 'rxchat')
}

function inHome(...folders: readonly string[]): string | null {
  const at = home()
  return at === null ? null : join(at, ...folders)
}

/** The state directory, for data that lasts and isn't configuration. Throws UsageError. */
export function defaultDirectory(env: NodeJS.ProcessEnv): string {
  const directory = stateDirectory(env)
  if (directory === null) {
    throw new UsageError(
      'This system has no home directory for you. Name the data directory with --data DIR, or store nothing with --ephemeral.',
    )
  }
  return directory
}

/** The user's configuration file, then the system's. */
export function configPlaces(env: NodeJS.ProcessEnv): readonly string[] {
  const own = configDirectory(env)
  return [...(own === null ? [] : [join(own, 'server.toml')]), '/etc/rxchat/server.toml']
}

/** The first that exists; null: none does. */
export const findConfig = (env: NodeJS.ProcessEnv): string | null => configPlaces(env).find(existsSync) ?? null
