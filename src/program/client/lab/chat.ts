/**
 * The chat of the lab: the real server in memory and in virtual time. It restarts on the same journal, and a connection to
 * it can be cut. Nothing of it is on the disk.
 */
import { createHash } from 'node:crypto'
import { merge, type Observable, Subject } from 'rxjs'
import { type MemoryJournal, memoryJournal } from '../../../journal/memory.ts'
import { memoryHistory } from '../../../journal/memory-history.ts'
import { FAREWELL_MS } from '../../../model/limits.ts'
import type { Step } from '../../../model/step.ts'
import type { Dialling } from '../../../port/dialer.ts'
import type { Entropy } from '../../../port/entropy.ts'
import type { Connection } from '../../../port/transport.ts'
import { createServer, type Server } from '../../../server/server.ts'
import { localDay, localTime } from '../../../system/time-of-day.ts'
import { connectionPair, deadEnd, type Pair } from './network.ts'
import { type VirtualClock, virtualClock } from './virtual-clock.ts'

export type LabChat = {
  readonly clock: VirtualClock
  /** The steps of all starts of the server. */
  readonly steps$: Observable<Step>
  /** Dials as somebody; `cutter` gets the way to cut the connection. */
  readonly dial: (address: string, cutter?: (cut: () => void) => void) => Dialling
  /** The server stops, with its goodbye, and starts again on its journal. */
  readonly restart: () => Promise<void>
  readonly server: () => Server
  readonly close: () => Promise<void>
}

/** Inputs that the journal keeps: more than the largest day and the answers of a bot have. */
const KEPT = 1_000_000

/** `outside$`: connections that don't come from memory. */
export async function openLabChat(start: number, outside$?: Observable<Connection>): Promise<LabChat> {
  const clock = virtualClock(start)
  const kept = memoryJournal('lab', KEPT)
  // It outlives the server, which closes it. Its properties go on to change.
  const journal: MemoryJournal = Object.create(kept, { close: { value: async () => {} } })
  const history = memoryHistory(journal.textOf)
  const entropy = countedEntropy()
  const steps = new Subject<Step>()
  let connections = new Subject<Connection>()
  let isDown = false
  let count = 0
  let server = await begin()

  async function begin(): Promise<Server> {
    connections = new Subject()
    const begun = await createServer(
      {
        transport: { connections$: outside$ ? merge(connections, outside$) : connections },
        ...{ journal, history, clock, entropy, timeOfDay: localTime, day: localDay },
      },
      { rate: null, perAddress: null, maxClients: Number.POSITIVE_INFINITY },
    )
    begun.outbound$.subscribe(step => steps.next(step))
    begun.trouble$.subscribe({ error: error => steps.error(error) })
    return begun
  }

  async function stop(): Promise<void> {
    isDown = true
    const closing = server.close()
    await clock.advance(FAREWELL_MS)
    await closing
    await clock.settle()
  }

  return {
    clock,
    steps$: steps.asObservable(),
    dial(address, cutter) {
      if (isDown) return deadEnd(clock.turn)
      const pair: Pair = connectionPair(`lab-${++count}`, address, clock.turn)
      cutter?.(pair.cut)
      connections.next(pair.connection)
      return pair.dialling
    },
    async restart() {
      await stop()
      server = await begin()
      isDown = false
    },
    server: () => server,
    close: stop,
  }
}

/** Ids and secrets that repeat: they guard nothing here. */
function countedEntropy(): Entropy {
  let count = 0
  return {
    id: () => `lab${++count}`,
    secret: () => `labsecret${String(++count).padStart(24, '0')}`,
    digest: secret => createHash('sha256').update(secret).digest('hex'),
  }
}
