/** One whole server in this process, over a transport in memory: the CPU time of this thread is the server's and its peers'. */
import { setTimeout as sleep } from 'node:timers/promises'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import type { Draft } from '../../src/model/input.ts'
import { createServer, type Server } from '../../src/server/server.ts'
import { systemClock } from '../../src/transport/clock.ts'
import { systemEntropy } from '../../src/transport/entropy.ts'
import { type MemoryTransport, memoryTransport, type Peer } from '../helpers/memory-transport.ts'
import { utcDay, utcTime } from '../helpers/world.ts'

export type World = {
  readonly server: Server
  /** Enters, and gets everything. */
  readonly enter: (name: string) => Peer
  /** Resolves when the server has written nothing for a while. */
  readonly quiet: () => Promise<void>
}

const QUIET_MS = 200

/** `past`: the journal before the server starts. */
export async function openWorld(past: readonly Draft[]): Promise<World> {
  const journal = memoryJournal('growth', past.length + 1)
  if (past.length > 0) await journal.append(past)
  const transport: MemoryTransport = memoryTransport(arrive => arrive())
  const server = await createServer(
    {
      ...{ transport, journal, history: memoryHistory(journal.textOf), clock: systemClock, entropy: systemEntropy },
      ...{ timeOfDay: utcTime, day: utcDay },
    },
    { rate: null, perAddress: null },
  )
  let written = performance.now()
  return {
    server,
    enter(name) {
      const peer = transport.connect(`192.0.2.${name.length}`)
      peer.received$.subscribe(() => {
        written = performance.now()
      })
      send(peer, { type: 'hello', name })
      return peer
    },
    async quiet() {
      written = performance.now()
      while (performance.now() - written < QUIET_MS) await sleep(QUIET_MS / 4)
    },
  }
}

export const send = (peer: Peer, request: object): void => peer.send(Buffer.from(`${JSON.stringify(request)}\n`))

/** Microseconds of the thread. */
export function threadMicros(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}
