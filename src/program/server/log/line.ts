/** Log lines as data: from troubles, and from the server's start and stop. */
import type { HubTrouble } from '../../../server/commit/hub.ts'

export type Level = 'debug' | 'info' | 'warn' | 'error'

export type LogLine = {
  readonly level: Level
  /** The event, for programs. */
  readonly event: string
  /** The same, for people. */
  readonly message: string
  readonly fields: Readonly<Record<string, string | number | boolean | null>>
}

/** `data` is the directory, or null. */
export const started = (version: string, data: string | null, config: string | null): LogLine => ({
  level: 'info',
  event: 'started',
  message: data === null ? 'started, with everything in memory' : 'started',
  fields: { version, node: process.version, pid: process.pid, data, config },
})

export const listening = (host: string, port: number): LogLine => ({
  level: 'info',
  event: 'listening',
  message: 'listening',
  fields: { host, port },
})

export const warned = (message: string): LogLine => ({ level: 'warn', event: 'warned', message, fields: {} })

/** The certificate for clients that use TLS. */
export const certified = (fingerprint: string): LogLine => ({
  level: 'info',
  event: 'certified',
  message: 'uses this certificate',
  fields: { fingerprint },
})

export const workerBegan = (worker: number, pid: number | null): LogLine => ({
  level: 'info',
  event: 'worker-began',
  message: `worker ${worker} began`,
  fields: { worker, pid },
})

/** `why` is a signal or an exit code. */
export const workerEnded = (worker: number, why: string): LogLine => ({
  level: 'error',
  event: 'worker-ended',
  message: `worker ${worker} ended (${why}), and is started again`,
  fields: { worker, why },
})

/** `what` is certificate or password. The old one stays in use. */
export const notRenewed = (what: string, error: Error): LogLine => ({
  level: 'error',
  event: 'not-renewed',
  message: `keeps the old ${what}: ${error.message}`,
  fields: {},
})

export const passwordRenewed: LogLine = {
  level: 'info',
  event: 'password-renewed',
  message: 'requires the new password from now on',
  fields: {},
}

/** `why` is a signal, or the command at the console. */
export const stopping = (why: string): LogLine => ({
  level: 'info',
  event: 'stopping',
  message: 'stopping, after a goodbye to everyone',
  fields: { why },
})

/** Written directly, because the log itself was dropped. `now` in milliseconds since the epoch. */
export const droppedLine = (lines: number, now: number): string =>
  `${JSON.stringify({
    ...{ level: 'warn', time: new Date(now).toISOString(), event: 'dropped', lines },
    message: 'log lines were dropped: nobody read them',
  })}\n`

export const stopped: LogLine = { level: 'info', event: 'stopped', message: 'stopped', fields: {} }

/** Only the number and the type of an input are logged; its content is in the journal. */
export function ofTrouble(trouble: HubTrouble): LogLine {
  const { type: event, error } = trouble
  const [message, stack] = error instanceof Error ? [error.message, error.stack ?? null] : [String(error), null]
  switch (trouble.type) {
    case 'storage':
      return { level: 'error', event, message, fields: { refused: trouble.drafts.length } }
    case 'quarantined': {
      const { seq, input } = trouble.entry
      return { level: 'error', event, message, fields: { seq, input: input.type, stack } }
    }
    case 'internal':
      return { level: 'error', event, message, fields: { stack } }
  }
}
