/** A server inside another program: for embedding, and for tests of what talks to one. */
import { type Observable, Subject } from 'rxjs'
import { PASSWORD_MAX_CHARS } from '../model/limits.ts'
import { LOBBY } from '../model/standing.ts'
import type { Journal } from '../port/journal.ts'
import { hostAndPort } from '../program/client/address.ts'
import { openTls } from '../program/server/credentials.ts'
import { openData } from '../program/server/data.ts'
import { hookKey } from '../program/server/hook-key.ts'
import { localDay, localTime } from '../program/time-of-day.ts'
import type { Keep } from '../server/retention.ts'
import { createServer as composeServer, type Server } from '../server/server.ts'
import { systemClock } from '../transport/clock.ts'
import { httpCourier } from '../transport/courier.ts'
import { systemEntropy } from '../transport/entropy.ts'
import { type Listening, tcpTransport } from '../transport/tcp.ts'
import { type TlsDoor, tlsDoor } from '../transport/tls/door.ts'
import { commanding, hosting } from './hosting.ts'
import { errorOf, type ServerTrouble, serverTrouble } from './trouble.ts'
import { type Webhooks, webhooks } from './webhooks.ts'

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
  /** What whoever enters has to give; null, the default: nothing. */
  readonly password?: string | null
  /** `true`: with a certificate of its own, kept with the data. Or that of an authority, as PEM. Default: plain text alone. */
  readonly tls?: boolean | { readonly cert: string; readonly key: string }
  /** Refuses plain text. Default: both are spoken on the port. */
  readonly tlsOnly?: boolean
  /** Whether webhooks may lead to this machine and its network. Default: they may not. */
  readonly allowPrivateHooks?: boolean
}

export type ChatServer = {
  readonly port: number
  readonly host: string
  /** As `connect` takes it. */
  readonly address: string
  /** Names of all who are here, in the order of their names. */
  readonly members: () => readonly string[]
  /** Of the certificate that is shown, as `connect` takes it; null without TLS. */
  readonly fingerprint: string | null
  /** What went wrong and has not stopped it; completes with the close. */
  readonly trouble$: Observable<ServerTrouble>
  /** Says something to everyone, as the host. Rejects with a ChatError. */
  readonly say: (text: string) => Promise<void>
  /** Ends a member's session. Rejects with a ChatError. */
  readonly kick: (name: string, reason?: string) => Promise<void>
  /** Where what is said is sent on to. */
  readonly webhooks: Webhooks
  /** Says goodbye to everyone, commits what came, and leaves nothing open. */
  readonly close: () => Promise<void>
}

/** Resolves when it listens. Rejects where it cannot, or where the data or the certificate cannot be opened. */
export async function createServer(options: ServerOptions = {}): Promise<ChatServer> {
  const { port = 0, host = '127.0.0.1', data = null, tls = false, allowPrivateHooks = false, ...rest } = options
  const terms = checked(rest, tls)
  const credentials = typeof tls === 'object' ? given(tls) : null
  const { journal, history, origin } = openData(data, systemEntropy)
  const listening = Promise.withResolvers<Listening>()
  const begin = (): readonly [Server, TlsDoor | null] => {
    const door = credentials ?? (tls ? openTls(null, data) : null)
    const ports = {
      transport: tcpTransport(host, port, listening.resolve, new Map(door ? [['tls', door]] : [])),
      ...{ journal, history, clock: systemClock, entropy: systemEntropy, timeOfDay: localTime, day: localDay },
      courier: httpCourier({ key: hookKey(data), allowPrivate: allowPrivateHooks }),
    }
    return [composeServer(ports, { ...terms, origin }), door]
  }
  const [server, door] = await begun(begin, journal)
  server.trouble$.subscribe({ error: listening.reject })
  try {
    return facade(server, await listening.promise, door?.fingerprint() ?? null)
  } catch (error) {
    await server.close()
    throw error instanceof Error ? cannotListen(error, host, port) : error
  }
}

/** Where it cannot begin, nothing stays open. */
async function begun<T>(begin: () => T, journal: Journal): Promise<T> {
  try {
    return begin()
  } catch (error) {
    await journal.close()
    throw error
  }
}

type Terms = Omit<ServerOptions, 'port' | 'host' | 'data' | 'tls' | 'allowPrivateHooks'>

/** Before anything is opened. */
function checked(terms: Terms, tls: ServerOptions['tls']): Terms {
  const { password = null, tlsOnly = false } = terms
  if (password !== null && password.trim() === '')
    throw new TypeError('The password is empty. Give one, or null for none.')
  if (password !== null && password.length > PASSWORD_MAX_CHARS)
    throw new TypeError(`The password is longer than ${PASSWORD_MAX_CHARS} characters. Take a shorter one.`)
  if (tlsOnly && !tls) throw new TypeError('tlsOnly needs tls. Give tls: true, or a certificate and its key.')
  return terms
}

function given(credentials: { readonly cert: string; readonly key: string }): TlsDoor {
  try {
    return tlsDoor(credentials)
  } catch (error) {
    const message = 'tls is not a certificate and its key, as PEM. Give the contents of those that belong together.'
    throw new TypeError(message, { cause: error })
  }
}

function facade(server: Server, { port, host }: Listening, fingerprint: string | null): ChatServer {
  let closing: Promise<void> | null = null
  let members: readonly string[] = []
  server.state$.subscribe(state => {
    members = [...state.members.values()].map(({ name }) => name.text).sort()
  })
  const trouble$ = new Subject<ServerTrouble>()
  server.trouble$.subscribe({
    next: trouble => trouble$.next(serverTrouble(trouble)),
    error: error => trouble$.next({ type: 'internal', error: errorOf(error) }),
  })
  const perform = hosting(server, () => closing === null)
  const command = commanding(server, perform)
  return {
    ...{ port, host, fingerprint },
    address: `${fingerprint === null ? '' : 'tls://'}${hostAndPort(host, port)}`,
    members: () => members,
    trouble$: trouble$.asObservable(),
    say: text => command({ type: 'say', room: LOBBY, text, action: false }),
    kick: (name, reason) => command({ type: 'kick', name, reason: reason ?? null }),
    webhooks: webhooks(server, perform),
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
