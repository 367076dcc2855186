/** The workers of a server, for its composition root. Loaded only with `--workers`. */
import { nameKey } from '../../../model/name/name.ts'
import type { Transport } from '../../../port/transport.ts'
import { isOnNetwork } from '../../../server/ingress/targets/member-network.ts'
import type { ConnectionStatus } from '../../../server/observe/status.ts'
import type { Server } from '../../../server/server.ts'
import { systemClock } from '../../../transport/clock.ts'
import { systemEntropy } from '../../../transport/entropy.ts'
import type { Listening } from '../../../transport/tcp.ts'
import type { Trusts } from '../../../transport/trust.ts'
import { type LogLine, workerBegan, workerEnded } from '../log/line.ts'
import { NO_TRANSPORT, Workers, type WorkersContext } from './workers.ts'

export type WorkerHost = {
  /** That of the server with the journal, which serves no connection itself. */
  readonly transport: Transport
  /** Rejects if nothing can listen there. */
  readonly start: (server: Server) => Promise<void>
  /** The server, with the connections and the rings of all workers. */
  readonly around: (server: Server) => Server
  readonly renew: () => void
  readonly close: () => Promise<void>
}

type Deps = Omit<WorkersContext, 'clock' | 'entropy' | 'hear'> & {
  /** The proxies that are trusted to report a client's address. */
  readonly trusts: Trusts
  /** The first worker listens. */
  readonly onListening: (at: Listening) => void
  readonly fail: (error: NodeJS.ErrnoException) => void
  /** Gets the lines of the workers' logs. */
  readonly write: (text: string) => void
  readonly log: (line: LogLine) => void
}

export function hostWorkers({ onListening, fail, write, log, trusts, ...deps }: Deps): WorkerHost {
  const workers = new Workers({
    ...deps,
    clock: systemClock,
    entropy: systemEntropy,
    hear(event) {
      switch (event.type) {
        case 'listening':
          return onListening(event.at)
        case 'cannot-listen':
          return fail(event.error)
        case 'log':
          return write(event.text)
        case 'began':
          return log(workerBegan(event.number, event.pid))
        case 'ended':
          return log(workerEnded(event.number, event.why))
      }
    },
  })
  return {
    transport: NO_TRANSPORT,
    start: server => workers.start(server),
    around: server => ({
      ...server,
      // The connection is at a worker, which says its address with each beat.
      host(command) {
        const refused = server.host(command)
        if (refused?.code !== 'network-unknown' || !isOnNetwork(command)) return refused
        const { network: _, who = '', id: __, ...rest } = command
        const address = addressOf(workers.connections, who)
        return address === null || trusts(address) ? refused : server.host({ ...rest, net: address })
      },
      connections: () => [...workers.connections, ...server.connections()],
      held: () => workers.held,
    }),
    renew: () => workers.renew(),
    close: () => workers.close(),
  }
}

/** Address of the connection of this name with the latest bytes. Null: there is none. */
function addressOf(connections: readonly ConnectionStatus[], who: string): string | null {
  const key = nameKey(who)
  const own = connections.filter(({ name, state }) => state !== 'away' && name !== null && nameKey(name) === key)
  return own.sort((a, b) => b.heardAt - a.heardAt)[0]?.address ?? null
}
