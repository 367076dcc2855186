/** The server that one was connected to last, and the name there: what the connect form begins with. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export type Last = { readonly server: string; readonly port: string; readonly name: string }

/** In the state directory of the XDG base directory specification, 0.8. */
const directoryOf = (env: NodeJS.ProcessEnv): string =>
  join(env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'rxchat')

const FILE = 'client.json'

/** Null: there is none, or none that can be read. To ask anew costs little. */
export function readLast(env: NodeJS.ProcessEnv): Last | null {
  try {
    const { server, port, name } = JSON.parse(readFileSync(join(directoryOf(env), FILE), 'utf8')) as Record<
      string,
      unknown
    >
    return typeof server === 'string' && typeof port === 'string' && typeof name === 'string'
      ? { server, port, name }
      : null
  } catch {
    return null
  }
}

/** Where nothing can be kept, nothing is. */
export function keepLast(last: Last, env: NodeJS.ProcessEnv): void {
  try {
    mkdirSync(directoryOf(env), { recursive: true, mode: 0o700 })
    writeFileSync(join(directoryOf(env), FILE), `${JSON.stringify(last)}\n`, { mode: 0o600 })
  } catch {
    return
  }
}
