/** The user's directories: the home directory, and those of the XDG specification, 0.8, in it. */
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

export function configDirectory(env: NodeJS.ProcessEnv): string | null {
  const config = env['XDG_CONFIG_HOME'] || inHome('.config')
  return config === null ? null : join(config, 'rxchat')
}

function inHome(...folders: readonly string[]): string | null {
  const at = home()
  return at === null ? null : join(at, ...folders)
}

/** `remedy`: another way to give the directory. */
export const homeless = (remedy: string): UsageError =>
  new UsageError(`This system has no home directory for you. ${remedy}`)
