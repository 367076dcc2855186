/**
 * The session of a name at a server, on this machine. Its token is on the disk while the session lasts. So the session
 * of a killed process doesn't block the next one, and two processes at once get a clear error. The system holds the
 * lock, and a kill releases it. When the session gets another name, its lock and its token follow.
 *
 * The file has a token a line. It has several only while a process that came after a killed one isn't in: the server may
 * get the last words of each of these, and let any of them in.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nameKey } from '../../../model/name/name.ts'
import { inState } from '../../config/home.ts'

export type OwnSession = {
  /** The tokens of killed processes, the latest first. The server may still have their sessions. */
  readonly former: readonly string[]
  /** Stores a new token, beside the former ones. */
  readonly keep: (token: string) => void
  /** The server has ended the sessions of the former tokens. */
  readonly buried: () => void
  /** The session is in, with this name and this token. Another process may have the name before. */
  readonly rename: (name: string, token: string) => void
  /** Another process may have the name. `over`: the server has ended the session, so the token is removed. */
  readonly release: (over: boolean) => void
}

type Held = { readonly file: string; readonly free: () => void }
type Hold = (path: string) => (() => void) | null

/** The name isn't locked: several sessions may use it, or nothing can be stored. */
export const NOTHING: OwnSession = {
  ...{ former: [], keep: () => {}, buried: () => {}, rename: () => {}, release: () => {} },
}

/** The tokens of so many killed processes that never came in. */
const FORMER_MAX = 8

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
  let former = tokensIn(first.file)

  function store(tokens: readonly string[]): void {
    if (held === null) return
    if (tokens.length === 0) rmSync(held.file, { force: true })
    else writeFileSync(held.file, tokens.join('\n'), { mode: 0o600 })
  }

  function release(over: boolean): void {
    if (held === null) return
    // A former session that isn't over still needs its token.
    if (over) store(former)
    held.free()
    held = null
  }

  return {
    former,
    keep: token => store([token, ...former]),
    buried() {
      former = []
    },
    rename(name, token) {
      former = []
      const file = fileOf(name)
      if (held?.file === file) {
        if (token !== kept) store([token])
      } else {
        const next = heldAt(file, hold)
        release(true)
        held = next
        store([token])
      }
      kept = held && token
    },
    release,
  }
}

/** The error for the second of two processes. */
export const takenHere = (server: string, name: string): string =>
  `another rxchat on this machine already uses the name ${name} at ${server}. Wait until it ends, choose another name with --name, or give both an API token with --token.`

function tokensIn(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).slice(0, FORMER_MAX)
  } catch {
    return []
  }
}
