/**
 * A server's process: the real composition root over ports that die with it. After a crash nothing that it does has an
 * effect, even in the middle of its work; the disk stays.
 */
import { filter, Subject } from 'rxjs'
import { FORMAT } from '../../src/model/format.ts'
import type { State } from '../../src/model/state.ts'
import type { Blobs } from '../../src/port/blobs.ts'
import type { Clock } from '../../src/port/clock.ts'
import type { History } from '../../src/port/history.ts'
import type { Journal } from '../../src/port/journal.ts'
import type { PasswordHasher } from '../../src/port/password-hasher.ts'
import type { Connection } from '../../src/port/transport.ts'
import type { WebhookSender } from '../../src/port/webhook-sender.ts'
import { createServer, type Options, type Server } from '../../src/server/server.ts'
import type { VirtualClock } from '../helpers/virtual-clock.ts'
import { utcDay, utcTime } from '../helpers/world.ts'
import { BOUNDS } from './files.ts'
import type { Storage } from './storage.ts'

export type Running = {
  readonly process: Process
  readonly server: Server
  readonly state: () => State
  /** When it last folded anything, in elapsed milliseconds. */
  readonly foldedAt: () => number
  readonly journal: Journal
  readonly history: History
  /** Forgets the texts up to this input, as retention does. */
  readonly forget: (until: number) => Promise<void>
  /** Whether it has been given all that is on the disk. */
  readonly hasAll: () => boolean
  readonly accept: (connection: Connection) => void
}

/** Every use of a port is a step. After the number of steps in the fuse the process crashes, between two of them. */
export class Process {
  readonly id: string
  /** The name of its server in the journal. */
  readonly origin: string
  readonly #clock: VirtualClock
  #alive = true
  #fuse = Number.POSITIVE_INFINITY
  #died: () => void = () => {}
  /** The latest rules that its program reads. */
  reads = FORMAT
  /** Alarms that have not fired. */
  alarms = 0
  /** Milliseconds that its machine's clock is ahead. */
  readonly #ahead: () => number

  constructor(id: string, origin: string, clock: VirtualClock, ahead: () => number = () => 0) {
    this.#ahead = ahead
    this.id = id
    this.origin = origin
    this.#clock = clock
  }

  /** The process dies after so many more steps; `died` is called at that moment. */
  light(steps: number, died: () => void): void {
    this.#fuse = steps
    this.#died = died
  }

  /** Takes a step; false if the process is dead. */
  lives(): boolean {
    if (this.#alive && this.#fuse-- <= 0) {
      this.end()
      this.#died()
    }
    return this.#alive
  }

  get isAlive(): boolean {
    return this.#alive
  }

  end(): void {
    this.#alive = false
  }

  later(ms: number, run: () => void): void {
    if (ms === 0) this.#clock.turn(run)
    else this.#clock.alarm(ms, run)
  }

  clock(): Clock {
    const clock = this.#clock
    return {
      now: () => clock.now() + this.#ahead(),
      elapsed: () => clock.elapsed(),
      alarm: (ms, ring) => {
        let waits = true
        const settle = (): boolean => {
          const did = waits
          waits = false
          if (did) this.alarms--
          return did
        }
        this.alarms++
        const cancel = clock.alarm(ms, () => {
          if (settle() && this.lives()) ring()
        })
        return () => {
          if (settle()) cancel()
        }
      },
      turn: run =>
        clock.turn(() => {
          if (this.lives()) run()
        }),
    }
  }
}

/** Rejects with the error of the start; never settles if the process dies before. */
export async function startServer(
  process: Process,
  storage: Storage,
  options: Options,
  webhooks: WebhookSender,
  blobs: Blobs,
): Promise<Running> {
  const connections = new Subject<Connection>()
  const { journal, history, peers, hasAll } = await storage.mount(process)
  let ids = 0
  const server = await createServer(
    {
      transport: { connections$: connections.asObservable() },
      journal,
      history,
      clock: process.clock(),
      entropy: {
        id: () => `${process.id}.${++ids}`,
        secret: () => `secret-${process.id}.${++ids}`.padEnd(40, '-'),
        digest: secret => `digest of ${secret}`,
      },
      hasher: quickHasher,
      webhooks,
      blobs,
      ...(peers && { peers }),
      timeOfDay: utcTime,
      day: utcDay,
    },
    {
      ...options,
      origin: process.origin,
      reads: process.reads,
      files: BOUNDS,
      ...(peers && { address: addressOf(process.origin), version: 'simulated', digestEvery: DIGEST_EVERY }),
    },
  )
  let state: State | undefined
  let foldedAt = 0
  server.state$.subscribe(value => {
    state = value
    foldedAt = process.clock().elapsed()
  })
  return {
    process,
    server,
    state: () => state as State,
    foldedAt: () => foldedAt,
    journal,
    history,
    forget: until => journal.forget(until).then(() => history.touch()),
    hasAll,
    accept: connection => connections.next(mortal(connection, process)),
  }
}

/** Inputs after which nodes compare their states: few, so that short runs get there. */
export const DIGEST_EVERY = 8

/** Public address of a node. */
export const addressOf = (origin: string): string => `${origin}.example:3000`

/** A connection that a dead process cannot use. */
const mortal = (connection: Connection, process: Process): Connection => ({
  id: connection.id,
  address: connection.address,
  signals$: connection.signals$.pipe(filter(() => process.lives())),
  get outstanding() {
    return connection.outstanding
  },
  write: bytes => process.lives() && connection.write(bytes),
  handOn: (protocol, bytes, address) => process.lives() && connection.handOn(protocol, bytes, address),
  end: why => {
    if (process.lives()) connection.end(why)
  },
  destroy: () => {
    if (process.lives()) connection.destroy()
  },
})

/** Hashing takes no time here, and shows the password: only the use of the answer is simulated. */
const quickHasher: PasswordHasher = {
  hash: async password => `hash of ${password}`,
  matches: async (password, hash) => hash === `hash of ${password}`,
  isCheap: () => false,
  nobody: 'hash of nobody',
}
