/** A host at the line console: types commands, and records the shown lines. */
import type { State } from '../../src/model/state.ts'
import { runLine } from '../../src/program/server/console/commands/commands.ts'
import { erasureLine } from '../../src/program/server/console/erasure-lines.ts'
import type { Host } from '../../src/program/server/console/host.ts'
import { transcript } from '../../src/program/server/console/transcript.ts'
import type { Server } from '../../src/server/server.ts'
import { utcTime } from './world.ts'

export type TypedHost = {
  readonly type: (line: string) => void
  /** Lines that were shown so far: answers, and events of the room. */
  readonly shown: readonly string[]
  /** Secrets that were shown, each once. */
  readonly secrets: readonly string[]
}

export function typedHost(server: Server, now: () => number): TypedHost {
  let state: State | undefined
  const [shown, secrets]: [string[], string[]] = [[], []]
  server.state$.subscribe(value => {
    state = value
  })
  server.outbound$.subscribe(step => shown.push(...transcript(step, utcTime, false, server.isOwn(step))))
  server.erasure$.subscribe(erasure => shown.push(erasureLine(erasure)))
  const host: Host = {
    server,
    state: () => state as State,
    print: line => shown.push(line),
    showWide: lines => shown.push(...lines(Number.POSITIVE_INFINITY)),
    showFound: () => {},
    showSecret: (_, secret, more = []) => secrets.push(secret, ...more),
    showLink: (_, link) => secrets.push(link),
    timeOfDay: utcTime,
    stamp: utcTime,
    now,
    startedAt: now(),
    said: () => 0,
    addresses: () => [],
    inviteLink: (token, room) => `#invite=${token}${room === null ? '' : `&room=${room}`}`,
    hookLink: token => `/hooks/${token}`,
    showCode: () => {},
    exit: () => {},
  }
  return { type: line => runLine(host, line), shown, secrets }
}
