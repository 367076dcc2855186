/**
 * A world for tests: the real composition root with only its ports replaced. Time is virtual, the network is memory,
 * ids repeat. A whole conversation runs without a socket and without a sleep.
 */
import { tap } from 'rxjs'
import { type MemoryJournal, memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { FAREWELL_MS } from '../../src/model/limits.ts'
import type { State } from '../../src/model/state.ts'
import type { Step } from '../../src/model/step.ts'
import type { Journal } from '../../src/port/journal.ts'
import type { Connection } from '../../src/port/transport.ts'
import type { HubTrouble } from '../../src/server/commit/hub.ts'
import { createServer, type Options, type Ports, type Server } from '../../src/server/server.ts'
import { countedHasher } from './counted-hasher.ts'
import { type MemoryTransport, memoryTransport, type Peer } from './memory-transport.ts'
import { seededEntropy } from './seeded-entropy.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'

export type World = {
  readonly clock: VirtualClock
  readonly journal: Journal
  readonly server: Server
  readonly transport: MemoryTransport
  readonly state: () => State
  readonly steps: readonly Step[]
  /** Trouble that the test has not taken out yet. */
  readonly troubles: HubTrouble[]
  /** Why the server can't go on; null: it can. */
  readonly lost: () => unknown
  /** A bare connection. */
  readonly dial: (address?: string) => Wire
  /** Connections that are not closed yet. */
  readonly open: () => number
  /** Stops the server, and lets as much time pass as that takes. */
  readonly close: () => Promise<void>
}

/** A client's end: its input, write by write and as text. */
export type Wire = {
  readonly peer: Peer
  /** Writes received so far, each as it arrived. */
  readonly writes: string[]
  readonly text: () => string
  /** Whole lines received so far, without `listed`. */
  readonly lines: () => readonly string[]
  /** Whole lines received since the last call. */
  readonly news: () => readonly string[]
  /** JSON lines received so far. */
  readonly objects: () => readonly Record<string, unknown>[]
  /** The lists of direct conversations received so far. One stands behind the rooms of every native welcome. */
  readonly listed: () => readonly Record<string, unknown>[]
  readonly send: (text: string | Uint8Array) => Promise<void>
  readonly closed: () => boolean
  /** Bytes that the server wrote and this client has not taken. */
  readonly outstanding: () => number
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** UTC, so that a test reads the same everywhere. */
export function utcTime(at: number): string {
  const time = new Date(at)
  return [time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds()].map(twoDigits).join(':')
}

export const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** `ports` replaces some of them once more: the history, if the journal has no `textOf`. */
export async function createWorld(
  options: Options = {},
  journal: Journal & Partial<Pick<MemoryJournal, 'textOf'>> = memoryJournal('epoch'),
  ports: Partial<
    Pick<
      Ports,
      'history' | 'blobs' | 'entropy' | 'timeOfDay' | 'webhooks' | 'pushes' | 'hasher' | 'peers' | 'signals' | 'disks'
    >
  > = {},
  clock = virtualClock(),
): Promise<World> {
  const history = memoryHistory(seq => journal.textOf?.(seq) ?? null)
  const transport = memoryTransport(arrive => clock.turn(arrive))
  const accepted: Connection[] = []
  const connections$ = transport.connections$.pipe(tap(connection => void accepted.push(connection)))
  const server = await createServer(
    {
      transport: { connections$ },
      journal,
      history,
      clock,
      entropy: seededEntropy(),
      hasher: countedHasher(),
      timeOfDay: utcTime,
      day: utcDay,
      ...ports,
    },
    options,
  )
  const wires: Wire[] = []
  const steps: Step[] = []
  const troubles: HubTrouble[] = []
  let state: State | undefined
  server.state$.subscribe(value => {
    state = value
  })
  server.outbound$.subscribe(step => steps.push(step))
  let lost: unknown = null
  server.trouble$.subscribe({
    next: trouble => troubles.push(trouble),
    error: error => {
      lost = error
    },
  })
  return {
    clock,
    journal,
    server,
    transport,
    steps,
    troubles,
    state: () => state as State,
    lost: () => lost,
    dial(address) {
      const peer = transport.connect(address)
      const dialled = wire(peer, accepted.at(-1) as Connection, clock)
      wires.push(dialled)
      return dialled
    },
    open: () => wires.filter(({ closed }) => !closed()).length,
    async close() {
      const closing = server.close()
      await clock.advance(FAREWELL_MS)
      await closing
      await clock.settle()
    },
  }
}

function wire(peer: Peer, connection: Connection, clock: VirtualClock): Wire {
  const writes: string[] = []
  const bytes: Uint8Array[] = []
  let closed = false
  let seen = 0
  peer.received$.subscribe({
    next: chunk => {
      bytes.push(chunk)
      writes.push(Buffer.from(chunk).toString('utf8'))
    },
    complete: () => {
      closed = true
    },
  })
  const text = (): string => Buffer.concat(bytes).toString('utf8')
  const all = (): string[] => text().split('\n').slice(0, -1)
  const isList = (line: string): boolean => line.startsWith('{"type":"conversations"')
  const lines = (): string[] => all().filter(line => !isList(line))
  return {
    peer,
    writes,
    text,
    lines,
    news() {
      const whole = lines()
      const news = whole.slice(seen)
      seen = whole.length
      return news
    },
    listed: () =>
      all()
        .filter(isList)
        .map(line => JSON.parse(line) as Record<string, unknown>),
    objects: () => lines().map(line => JSON.parse(line) as Record<string, unknown>),
    async send(sent) {
      peer.send(typeof sent === 'string' ? Buffer.from(sent) : sent)
      await clock.settle()
    },
    closed: () => closed,
    outstanding: () => connection.outstanding,
  }
}
