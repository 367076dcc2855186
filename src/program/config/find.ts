/** Where the configuration of the server is, if nobody says: what its user has goes before what the system has. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { configDirectory } from '../home.ts'

/** The configuration directory of the user, then that of the system. */
export function configPlaces(env: NodeJS.ProcessEnv): readonly string[] {
  const own = configDirectory(env)
  return [...(own === null ? [] : [join(own, 'server.toml')]), '/etc/rxchat/server.toml']
}

/** The first that is there; null: none is. */
export const findConfig = (env: NodeJS.ProcessEnv): string | null => configPlaces(env).find(existsSync) ?? null
