/** The user's directories: the home directory, and those of the XDG specification, 0.8, in it. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from './usage.ts'

/** Null: there is none, as in a container whose user id has no account. */
function home(): string | null {
  try {
    return homedir() || null
  } catch {
    return null
  }
}

/** A path below a directory that a variable names, or else below its usual place in the home directory. */
function inDirectory(named: string | undefined, usual: string, path: string): string | null {
  const at = named || home()
  return at === null ? null : join(at, named ? '' : usual, 'rxchat', path)
}

/** A file of the state directory, or the directory itself. Null: it's not known. */
export const inState = (env: NodeJS.ProcessEnv, file = ''): string | null =>
  inDirectory(env['XDG_STATE_HOME'], '.local/state', file)

/** The state directory, for data that lasts and isn't configuration. Throws UsageError. */
export function defaultDirectory(env: NodeJS.ProcessEnv): string {
  const directory = inState(env)
  if (directory === null) {
    throw new UsageError(
      'This system has no home directory for you. Name the data directory with --data DIR, or store nothing with --ephemeral.',
    )
  }
  return directory
}

/** The user's configuration file, then the system's. */
export function configPlaces(env: NodeJS.ProcessEnv): readonly string[] {
  const own = inDirectory(env['XDG_CONFIG_HOME'], '.config', 'server.toml')
  return [...(own === null ? [] : [own]), '/etc/rxchat/server.toml']
}

/** The first that exists; null: none does. */
export const findConfig = (env: NodeJS.ProcessEnv): string | null => configPlaces(env).find(existsSync) ?? null
