/** Where the configuration of the server is, if nobody says: what its user has goes before what the system has. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The configuration directory of the XDG base directory specification, 0.8, then that of the system. */
export const configPlaces = (env: NodeJS.ProcessEnv): readonly string[] => [
  join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'rxchat', 'server.toml'),
  '/etc/rxchat/server.toml',
]

/** The first that is there; null: none is. */
export const findConfig = (env: NodeJS.ProcessEnv): string | null => configPlaces(env).find(existsSync) ?? null
