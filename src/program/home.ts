/** Where a person's files are: the home directory, and in it the directories of the XDG specification, 0.8. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from './usage.ts'

/** Null: there is none, as in a container that runs under a number which no account has. */
export function home(): string | null {
  try {
    return homedir() || null
  } catch {
    return null
  }
}

/** Null: nobody says where. */
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

/** `remedy`: what else would say where. */
export const homeless = (remedy: string): UsageError =>
  new UsageError(`This system has no home directory for you. ${remedy}`)
