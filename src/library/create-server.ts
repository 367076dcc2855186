/** A server inside another program: for embedding, and for tests of what talks to one. */
import { type Observable, Subject } from 'rxjs'
import { LOBBY } from '../model/standing.ts'
import { openData } from '../program/server/data.ts'
import { localDay, localTime } from '../program/time-of-day.ts'
import type { Keep } from '../server/retention.ts'
import { createServer as composeServer, type Server } from '../server/server.ts'
import { systemClock } from '../transport/clock.ts'
import { systemEntropy } from '../transport/entropy.ts'
import { type Listening, tcpTransport } from '../transport/tcp.ts'
import { hosting } from './hosting.ts'

export type ServerOptions = {
  /** Default 0: any free one. */
  readonly port?: number
  /** Address to listen on. Default 127.0.0.1: nobody but this machine. */
  readonly host?: string
  /** Directory of what is kept; null, the default: all is in memory. */
  readonly data?: string | null
  /** Milliseconds that a lost session keeps its place. Default: a minute. */
  readonly grace?: number
  /** What one session may send; null: no bound. Default: 10 a second, 40 at once. */
  readonly rate?: { readonly perSecond: number; readonly burst: number } | null
  readonly maxClients?: number
  /** Members from one address; null: no bound. */
  readonly perAddress?: number | null
  /** Messages that are kept: the latest `count`, or those younger than `age` milliseconds; null, the default: all. */
  readonly keep?: Keep | null
}

export type ChatServer = {
  readonly port: number
  readonly host: string
  /** As `connect` takes it. */
  readonly address: string
  /** Names of all who are here, in the order of their names. */
  readonly members: () => readonly string[]
  /** What went wrong and has not stopped it; completes with the close. */
  readonly trouble$: Observable<unknown>
  /** Says something to everyone, as the host. Rejects with a ChatError. */
  readonly say: (text: string) => Promise<void>
  /** Ends a member's session. Rejects with a ChatError. */
  readonly kick: (name: string, reason?: string) => Promise<void>
  /** Says goodbye to everyone, commits what came, and leaves nothing open. */
  readonly close: () => Promise<void>
}

/** Resolves when it listens. Rejects where it cannot, or where the data cannot be opened. */
export async function createServer(options: ServerOptions = {}): Promise<ChatServer> {
  const { port = 0, host = '127.0.0.1', data = null, ...bounds } = options
  const { journal, history, origin } = openData(data, systemEntropy)
  const listening = Promise.withResolvers<Listening>()
  const server = composeServer(
    {
      transport: tcpTransport(host, port, listening.resolve),
      journal,
      history,
      clock: systemClock,
      entropy: systemEntropy,
      timeOfDay: localTime,
      day: localDay,
    },
    { ...bounds, origin },
  )
  server.trouble$.subscribe({ error: listening.reject })
  try {
    return facade(server, await listening.promise)
  } catch (error) {
    await server.close()
    throw error instanceof Error ? cannotListen(error, host, port) : error
  }
}

function facade(server: Server, { port, host }: Listening): ChatServer {
  let closing: Promise<void> | null = null
  let members: readonly string[] = []
  server.state$.subscribe(state => {
    members = [...state.members.values()].map(({ name }) => name.text).sort()
  })
  const trouble$ = new Subject<unknown>()
  server.trouble$.subscribe({ next: ({ error }) => trouble$.next(error), error: error => trouble$.next(error) })
  const command = hosting(server, () => closing === null)
  return {
    port,
    host,
    address: host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`,
    members: () => members,
    trouble$: trouble$.asObservable(),
    say: text => command({ type: 'say', room: LOBBY, text, action: false }),
    kick: (name, reason) => command({ type: 'kick', name, reason: reason ?? null }),
    close() {
      closing ??= server.close().finally(() => trouble$.complete())
      return closing
    },
  }
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`Port ${port} of ${host} is taken. Choose another one, or 0 for any free one.`, { cause: error })
    case 'EACCES':
      return new Error(`Port ${port} needs more rights than this user has. Choose one above 1023.`, { cause: error })
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`This machine does not have the address ${host}. Choose another one.`, { cause: error })
    default:
      return error
  }
}
