/** The server and name of the last connection, which the connect form begins with. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { withoutBom } from '../../../model/text.ts'
import { inState } from '../../config/home.ts'

export type Last = { readonly server: string; readonly port: string; readonly name: string }

const FILE = 'client.json'

/** Null: there is none, or it can't be read. Asking again costs little. */
export function readLast(env: NodeJS.ProcessEnv): Last | null {
  try {
    const text = readFileSync(inState(env, FILE) ?? '', 'utf8')
    const { server, port, name } = JSON.parse(withoutBom(text)) as Record<string, unknown>
    return typeof server === 'string' && typeof port === 'string' && typeof name === 'string'
      ? { server, port, name }
      : null
  } catch {
    return null
  }
}

/** If it can't be stored, nothing happens. */
export function keepLast({ server, port, name }: Last, env: NodeJS.ProcessEnv): void {
  const file = inState(env, FILE)
  if (file === null) return
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, `${JSON.stringify({ server, port, name })}\n`, { mode: 0o600 })
  } catch {
    return
  }
}
