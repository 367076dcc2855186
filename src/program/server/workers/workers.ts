/**
 * `--workers N`: processes that serve the connections of this server, all on one port. This process has the journal, the
 * console and the chores. It starts the workers, starts one again that has ended, and says in the journal that it is
 * gone, so that its sessions go on at another one (docs/spec.md, R14).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer as createListener } from 'node:net'
import type { Duplex } from 'node:stream'
import { NEVER } from 'rxjs'
import { JournalServer } from '../../../journal/remote/serve.ts'
import { WORKER_AGAIN_MS, WORKER_BEAT_MS, WORKER_SILENCE_MS, WORKER_STOP_MS } from '../../../model/limits.ts'
import type { Clock } from '../../../port/clock.ts'
import type { Entropy } from '../../../port/entropy.ts'
import type { Journal } from '../../../port/journal.ts'
import type { Transport } from '../../../port/transport.ts'
import type { ConnectionStatus } from '../../../server/observe/status.ts'
import type { Server } from '../../../server/server.ts'
import type { Listening } from '../../../transport/tcp.ts'
import { SharedHasher } from './hashing.ts'
import { type FromWorker, type Held, JOURNAL_FD, type ToWorker } from './messages.ts'

/** The parent serves no connection itself. */
export const NO_TRANSPORT: Transport = { connections$: NEVER }

/** The first word of a worker's command line. Nobody types it. */
export const WORKER_WORD = 'worker'

export type WorkerEvent =
  | { readonly type: 'listening'; readonly at: Listening }
  | { readonly type: 'cannot-listen'; readonly error: NodeJS.ErrnoException }
  | { readonly type: 'log'; readonly text: string }
  | { readonly type: 'began'; readonly number: number; readonly pid: number | null }
  | { readonly type: 'ended'; readonly number: number; readonly why: string }

export type WorkersContext = {
  readonly count: number
  readonly host: string | undefined
  readonly port: number
  /** The command line of this process, which the workers read too. */
  readonly argv: readonly string[]
  readonly origin: string
  readonly journal: Journal
  readonly clock: Clock
  readonly entropy: Entropy
  readonly hear: (event: WorkerEvent) => void
}

type Worker = {
  readonly number: number
  readonly child: ChildProcess
  readonly beganAt: number
  heardAt: number
  connections: readonly ConnectionStatus[]
  held: Held
}

export class Workers {
  readonly #of: WorkersContext
  readonly #journal: JournalServer
  readonly #hasher = new SharedHasher()
  readonly #workers = new Map<number, Worker>()
  readonly #alarms = new Set<() => void>()
  #server: Server | null = null
  #port = 0
  #isListening = false
  #closing: (() => void) | null = null

  constructor(deps: WorkersContext) {
    this.#of = deps
    this.#journal = new JournalServer(deps.journal)
  }

  /** All connections, as the workers reported them last. */
  get connections(): readonly ConnectionStatus[] {
    return [...this.#workers.values()].flatMap(({ connections }) => connections)
  }

  /** The held frames of all, likewise. */
  get held(): Held {
    let [rings, bytes] = [0, 0]
    for (const { held } of this.#workers.values()) {
      rings += held.rings
      bytes += held.bytes
    }
    return { rings, bytes }
  }

  /** Starts them. Rejects if nothing can listen there. */
  async start(server: Server): Promise<void> {
    const { count, host, port } = this.#of
    this.#server = server
    this.#port = await freePort(host, port)
    for (let number = 1; number <= count; number++) this.#spawn(number)
    this.#beat()
  }

  renew(): void {
    this.#tellAll({ type: 'renew' })
  }

  /** Resolves when all have ended. One that doesn't end by itself is killed. */
  async close(): Promise<void> {
    const ended = new Promise<void>(resolve => {
      this.#closing = resolve
    })
    this.#tellAll({ type: 'stop' })
    for (const cancel of this.#alarms) cancel()
    const late = this.#of.clock.alarm(WORKER_STOP_MS, () => this.#tellAll(null))
    if (this.#workers.size > 0) await ended
    late()
    this.#journal.close()
  }

  #spawn(number: number): void {
    const { argv, origin, entropy, clock } = this.#of
    const run = entropy.id()
    const name = `${origin}-${number}`
    const script = process.argv[1] as string
    const child = spawn(process.execPath, [...process.execArgv, script, WORKER_WORD, ...argv], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc', 'pipe'],
    })
    const worker: Worker = {
      number,
      child,
      beganAt: clock.elapsed(),
      heardAt: clock.elapsed(),
      connections: [],
      held: { rings: 0, bytes: 0 },
    }
    this.#workers.set(number, worker)
    child.on('message', message => this.#hear(worker, message as FromWorker))
    child.on('error', () => {})
    child.on('exit', (code, signal) => this.#ended(worker, signal ?? `code ${code}`))
    // All that it had sent is in the journal before this.
    this.#journal.serve(child.stdio[JOURNAL_FD] as Duplex, () => {
      child.kill('SIGKILL')
      this.#server?.down(name, run)
    })
    this.#of.hear({ type: 'began', number, pid: child.pid ?? null })
    this.#tell(worker, { type: 'begin', number, origin: name, run, port: this.#port })
  }

  #hear(worker: Worker, message: FromWorker): void {
    const { hear, clock } = this.#of
    worker.heardAt = clock.elapsed()
    switch (message.type) {
      case 'listening': {
        const { host, port } = message
        if (!this.#isListening) hear({ type: 'listening', at: { host, port } })
        this.#isListening = true
        return
      }
      case 'cannot-listen':
        return hear({ type: 'cannot-listen', error: Object.assign(new Error(message.message), { code: message.code }) })
      case 'log':
        return hear({ type: 'log', text: message.text })
      case 'pong':
        worker.connections = message.connections
        worker.held = message.held
        return
      case 'hash':
      case 'matches':
        return this.#hasher.ask(message, answer => this.#tell(worker, answer))
    }
  }

  #ended(worker: Worker, why: string): void {
    const { number, beganAt } = worker
    if (this.#workers.get(number) !== worker) return
    this.#workers.delete(number)
    if (this.#closing) {
      if (this.#workers.size === 0) this.#closing()
      return
    }
    this.#of.hear({ type: 'ended', number, why })
    // One that ends again and again is started once a second.
    const lived = this.#of.clock.elapsed() - beganAt
    this.#later(lived < WORKER_AGAIN_MS ? WORKER_AGAIN_MS : 0, () => this.#spawn(number))
  }

  /** A worker that doesn't answer holds its clients up. They are better off at another one. */
  #beat(): void {
    this.#later(WORKER_BEAT_MS, () => {
      const now = this.#of.clock.elapsed()
      for (const { child, heardAt } of this.#workers.values()) {
        if (now - heardAt > WORKER_SILENCE_MS) child.kill('SIGKILL')
      }
      this.#tellAll({ type: 'ping' })
      this.#beat()
    })
  }

  #tell({ child }: Worker, message: ToWorker): void {
    if (child.connected) child.send(message, () => {})
  }

  /** Null: kills them. */
  #tellAll(message: ToWorker | null): void {
    for (const worker of this.#workers.values()) {
      if (message) this.#tell(worker, message)
      else worker.child.kill('SIGKILL')
    }
  }

  #later(ms: number, run: () => void): void {
    const cancel = this.#of.clock.alarm(ms, () => {
      this.#alarms.delete(cancel)
      run()
    })
    this.#alarms.add(cancel)
  }
}

/**
 * The port, if nobody has it. The workers share it, and so would another server that shares its port: only listening
 * alone for a moment tells.
 */
const freePort = (host: string | undefined, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const listener = createListener()
    listener.on('error', reject)
    listener.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      const address = listener.address()
      listener.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
