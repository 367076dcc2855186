/** Log lines as data: from notes, from troubles, and from the server's start and stop. */
import type { HubTrouble } from '../../../server/commit/hub.ts'
import type { Note } from '../../../server/observe/notes.ts'

export type Level = 'debug' | 'info' | 'warn' | 'error'

export type LogLine = {
  readonly level: Level
  /** What happened, for programs. */
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

/** `broker` is its address. */
export const brokerConnected = (broker: string): LogLine => ({
  level: 'info',
  event: 'broker-connected',
  message: `connected to the broker ${broker}`,
  fields: { broker },
})

export const brokerLost = (broker: string): LogLine => ({
  level: 'warn',
  event: 'broker-lost',
  message: `lost the broker ${broker}, and looks for another`,
  fields: { broker },
})

/** A permission is missing, or the broker has another limit than it should. */
export const brokerRefused = (reason: string): LogLine => ({
  level: 'error',
  event: 'broker-refused',
  message: `the broker refused something: ${reason}`,
  fields: { reason },
})

/** `proof` is unsynced or unknown. */
export const notSynced = (proof: string): LogLine => ({
  level: 'warn',
  event: 'not-synced',
  message:
    proof === 'unsynced'
      ? 'messages are replicated, but a power cut can take the latest: set sync_interval: always at the brokers'
      : 'messages are replicated; whether the brokers write to the disk first is not known: give --nats-monitor',
  fields: { proof },
})

/** The streams were made with fewer replicas than this node asks for. */
export const notReplicated = (replicas: number, wanted: number): LogLine => ({
  level: 'warn',
  event: 'not-replicated',
  message: `the log was made for ${replicas} of the brokers, not for ${wanted}: change that with nats stream edit, as docs/cluster.md says`,
  fields: { replicas, wanted },
})

/** The inputs of a server that was alone, before they are in the log. */
export const historyBringing = (inputs: number): LogLine => ({
  level: 'info',
  event: 'history-bringing',
  message: `brings the history of this directory into the log: ${inputs} inputs`,
  fields: { inputs },
})

export const historyBrought = (inputs: number): LogLine => ({
  level: 'info',
  event: 'history-brought',
  message: 'the history is in the log, and other nodes can start',
  fields: { inputs },
})

/** The node can't go on, and ends. */
export const lostTheLog = (error: Error): LogLine => ({
  level: 'error',
  event: 'lost-the-log',
  message: error.message,
  fields: {},
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

/** Written directly, because the log itself is what was dropped. `now` in milliseconds since the epoch. */
export const droppedLine = (lines: number, now: number): string =>
  `${JSON.stringify({
    ...{ level: 'warn', time: new Date(now).toISOString(), event: 'dropped', lines },
    message: 'log lines were dropped: nobody read them',
  })}\n`

export const stopped: LogLine = { level: 'info', event: 'stopped', message: 'stopped', fields: {} }

export function ofNote(note: Note): LogLine {
  const { type: event, ...fields } = note
  switch (note.type) {
    case 'connected':
      return { level: 'debug', event, message: 'connection opened', fields }
    case 'spoke':
      return { level: 'debug', event, message: `connection speaks ${note.protocol}`, fields }
    case 'refused': {
      const { address, protocol, code } = note
      const [level, message] = note.entering ? (['info', 'refused to admit'] as const) : (['debug', 'refused'] as const)
      return { level, event, message: `${message}: ${code}`, fields: { address, protocol, code } }
    }
    case 'gave-up':
      return { level: 'info', event, message: `connection dropped: ${note.code}`, fields }
    case 'disconnected':
      return { level: 'debug', event, message: 'connection closed', fields }
    case 'hook-paused':
      return { level: 'warn', event, message: `hook ${note.hook} is paused: HOOK LIST shows why`, fields }
    case 'clock-jumped': {
      const seconds = Math.round(Math.abs(note.ms) / 1000)
      const way = note.ms > 0 ? 'ahead' : 'back'
      return { level: 'warn', event, message: `the clock jumped ${way} by ${seconds} s, or the machine slept`, fields }
    }
    case 'cut-off':
      return { level: 'error', event, message: CUT_OFF, fields }
    case 'reconnected':
      return { level: 'warn', event, message: 'the log acknowledges again, and what waited is stored', fields }
    case 'nodes-differ':
      return {
        level: 'error',
        event,
        message: 'the rooms of the nodes differ: NODES lists them; please report it',
        fields,
      }
    case 'forgot':
      return { level: 'info', event, message: 'forgot messages beyond the limit of --keep', fields }
  }
}

const CUT_OFF =
  'cut off: the log acknowledges nothing. Nothing is acknowledged here until it does; check the brokers and the network'

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
