/**
 * The session of a name at a server, on this machine. Its token is on the disk while the session lasts. So the session
 * of a killed process doesn't block the next one, and two processes at once get a clear error. The system holds the
 * lock, and a kill releases it. When the session gets another name, its lock and its token follow.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nameKey } from '../../../model/name/name.ts'
import { inState } from '../../config/home.ts'

export type OwnSession = {
  /** The token of a killed process; null: there was none. */
  readonly former: string | null
  /** Stores a new token. */
  readonly keep: (token: string) => void
  /** The session has this name and this token now. Another process may have the name before. */
  readonly rename: (name: string, token: string) => void
  /** Another process may have the name. `over`: the server has ended the session, so the token is removed. */
  readonly release: (over: boolean) => void
}

type Held = { readonly file: string; readonly free: () => void }
type Hold = (path: string) => (() => void) | null

/** The name isn't locked: several sessions may use it, or nothing can be stored. */
export const NOTHING: OwnSession = { former: null, keep: () => {}, rename: () => {}, release: () => {} }

/** Null: another process here has it. If nothing can be stored, the server alone decides. */
export async function ownSession(server: string, name: string, env: NodeJS.ProcessEnv): Promise<OwnSession | null> {
  const folder = inState(env, 'sessions')
  if (folder === null) return NOTHING
  const fileOf = (name: string): string =>
    join(
      folder,
      createHash('sha256')
        .update(`${server}\n${nameKey(name)}`)
        .digest('hex')
        .slice(0, 32),
    )
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { holdRemovable } = await import('./name-lock.ts')
    const held = heldAt(fileOf(name), holdRemovable)
    return held && owned(held, fileOf, holdRemovable)
  } catch {
    return NOTHING
  }
}

function heldAt(file: string, hold: Hold): Held | null {
  const free = hold(`${file}.lock`)
  return free && { file, free }
}

function owned(first: Held, fileOf: (name: string) => string, hold: Hold): OwnSession {
  /** Null: the session has a name that another process here holds, so its token isn't stored. */
  let held: Held | null = first
  let kept: string | null = null
  const former = tokenIn(first.file)

  function keep(token: string): void {
    if (held === null || token === kept) return
    writeFileSync(held.file, token, { mode: 0o600 })
    kept = token
  }

  function release(over: boolean): void {
    if (held === null) return
    // A former session that isn't over still needs its token.
    if (over && (kept !== null || former === null)) rmSync(held.file, { force: true })
    held.free()
    held = null
  }

  return {
    former,
    keep,
    rename(name, token) {
      const file = fileOf(name)
      if (held?.file === file) return keep(token)
      const next = heldAt(file, hold)
      if (next) writeFileSync(file, token, { mode: 0o600 })
      release(true)
      held = next
      kept = next && token
    },
    release,
  }
}

/** The error for the second of two processes. */
export const takenHere = (server: string, name: string): string =>
  `another rxchat on this machine already uses the name ${name} at ${server}. Wait until it ends, choose another name with --name, or give both an API token with --token.`

function tokenIn(file: string): string | null {
  try {
    return readFileSync(file, 'utf8') || null
  } catch {
    return null
  }
}
