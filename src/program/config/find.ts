/** Finds the server's configuration file if none is given: the user's own before the system's. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configDirectory } from '../home.ts'

/** The user's configuration file, then the system's. */
export function configPlaces(env: NodeJS.ProcessEnv): readonly string[] {
  const own = configDirectory(env)
  return [...(own === null ? [] : [join(own, 'server.toml')]), '/etc/rxchat/server.toml']
}

/** The first that exists; null: none does. */
export const findConfig = (env: NodeJS.ProcessEnv): string | null => configPlaces(env).find(existsSync) ?? null
