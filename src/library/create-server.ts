/** A server inside another program: for embedding, and for tests of clients. */
import { type Observable, Subject } from 'rxjs'
import { PASSWORD_MAX_CHARS } from '../model/limits.ts'
import { LOBBY } from '../model/name/standing.ts'
import type { Journal } from '../port/journal.ts'
import type { Keep } from '../server/options.ts'
import { directoryRehearser } from '../server/rehearsing/rehearser.ts'
import { createServer as composeServer, type Server } from '../server/server.ts'
import { hostAndPort } from '../system/address.ts'
import { openTls } from '../system/credentials.ts'
import { openData } from '../system/data.ts'
import { hookKey } from '../system/hook-key.ts'
import { openPushKey } from '../system/push-key.ts'
import { localDay, localTime } from '../system/time-of-day.ts'
import { systemClock } from '../transport/clock.ts'
import { systemEntropy } from '../transport/entropy.ts'
import { httpPushSender } from '../transport/push/sender.ts'
import { type Listening, tcpTransport } from '../transport/tcp.ts'
import { type TlsHandler, tlsHandler } from '../transport/tls/handler.ts'
import { httpWebhookSender } from '../transport/webhook/sender.ts'
import { commanding, hosting } from './host-commands.ts'
import { errorOf, type ServerTrouble, serverTrouble } from './trouble.ts'
import { type Webhooks, webhooks } from './webhooks.ts'

export type ServerOptions = {
  /** Default 0: any free one. */
  readonly port?: number
  /** Address to listen on. Default 127.0.0.1: only this machine can connect. */
  readonly host?: string
  /** The data directory; null, the default: everything is in memory. */
  readonly data?: string | null
  /** How long a lost session stays a member, in milliseconds. Default: a minute. */
  readonly grace?: number
  /** The rate limit of one session; null: no limit. Default: 10 a second, 40 at once. */
  readonly rate?: { readonly perSecond: number; readonly burst: number } | null
  readonly maxClients?: number
  /** The most members from one address; null: no limit. */
  readonly perAddress?: number | null
  /** The messages to keep: the latest `count`, or those younger than `age` milliseconds; null, the default: all. */
  readonly keep?: Keep | null
  /** How long an author may edit a message, in milliseconds; 0: not at all, null: always. Default: a day. */
  readonly editTime?: number | null
  /** The password that clients need; null, the default: none. */
  readonly password?: string | null
  /**
   * `true`: with a self-signed certificate, kept with the data. Or a certificate and its key, as PEM. Default: plain
   * text only.
   */
  readonly tls?: boolean | { readonly cert: string; readonly key: string }
  /** Refuses plain-text connections. Default: the port takes both. */
  readonly tlsOnly?: boolean
  /** Registration: for everybody, for people with an invite, or for nobody. Default: `open`. */
  readonly registration?: 'open' | 'invite' | 'closed'
  /** Whether people without an account may enter. Default: yes. */
  readonly guests?: boolean
  /** Whether webhooks may go to this machine and its network. Default: no. */
  readonly allowPrivateHooks?: boolean
}

export type ChatServer = {
  readonly port: number
  readonly host: string
  /** In the form that `connect` takes. */
  readonly address: string
  /** The names of all members, sorted. */
  readonly members: () => readonly string[]
  /** The certificate's fingerprint, in the form that `connect` takes; null without TLS. */
  readonly fingerprint: string | null
  /** Errors that didn't stop the server; completes when it closes. */
  readonly trouble$: Observable<ServerTrouble>
  /** Sends a message of the host to everyone. Rejects with a ChatError. */
  readonly say: (text: string) => Promise<void>
  /** Ends a member's session. Rejects with a ChatError. */
  readonly kick: (name: string, reason?: string) => Promise<void>
  /** The URLs that messages are forwarded to. */
  readonly webhooks: Webhooks
  /** Says goodbye to everyone, commits every input that has arrived, and leaves nothing open. */
  readonly close: () => Promise<void>
}

/** Resolves when the server listens. Rejects if it can't listen, or can't open the data or the certificate. */
export async function createServer(options: ServerOptions = {}): Promise<ChatServer> {
  const { port = 0, host = '127.0.0.1', data = null, tls = false, allowPrivateHooks = false, ...rest } = options
  const hostOptions = checked(rest, tls)
  const credentials = typeof tls === 'object' ? given(tls) : null
  const { journal, history, blobs, origin } = await openData(data, systemEntropy)
  const listening = Promise.withResolvers<Listening>()
  let site: string | null = null
  const listens = (at: Listening): void => {
    site = `${tls ? 'https' : 'http'}://${hostAndPort(at.host, at.port)}`
    listening.resolve(at)
  }
  const begin = async (): Promise<readonly [Server, TlsHandler | null]> => {
    const handler = credentials ?? (tls ? openTls(null, data) : null)
    const ports = {
      transport: tcpTransport(host, port, listens, new Map(handler ? [['tls', handler]] : [])),
      ...{ journal, history, blobs, clock: systemClock, entropy: systemEntropy, timeOfDay: localTime, day: localDay },
      site: () => site,
      ...(data === null ? {} : { rehearser: directoryRehearser(data) }),
      webhooks: httpWebhookSender({ key: hookKey(data), allowPrivate: allowPrivateHooks }),
      pushes: httpPushSender({ keys: openPushKey(data), allowPrivate: allowPrivateHooks }),
    }
    return [await composeServer(ports, { ...hostOptions, origin }), handler]
  }
  const [server, handler] = await begun(begin, journal)
  server.trouble$.subscribe({ error: listening.reject })
  try {
    return facade(server, await listening.promise, handler?.fingerprint() ?? null)
  } catch (error) {
    await server.close()
    throw error instanceof Error ? cannotListen(error, host, port) : error
  }
}

/** If the start fails, nothing stays open. */
async function begun<T>(begin: () => Promise<T>, journal: Journal): Promise<T> {
  try {
    return await begin()
  } catch (error) {
    await journal.close()
    throw error
  }
}

type HostOptions = Omit<ServerOptions, 'port' | 'host' | 'data' | 'tls' | 'allowPrivateHooks'>
type CheckedOptions = Omit<HostOptions, 'editTime'> & { readonly editTime?: number }

/** Checked before anything is opened. */
function checked(options: HostOptions, tls: ServerOptions['tls']): CheckedOptions {
  const { editTime, ...rest } = options
  const { password = null, tlsOnly = false } = rest
  if (password !== null && password.trim() === '')
    throw new TypeError('The password is empty. Give a password, or null for none.')
  if (password !== null && password.length > PASSWORD_MAX_CHARS)
    throw new TypeError(`The password is longer than ${PASSWORD_MAX_CHARS} characters. Choose a shorter one.`)
  if (tlsOnly && !tls) throw new TypeError('tlsOnly needs tls. Give tls: true, or a certificate and its key.')
  if (editTime === undefined) return rest
  if (editTime !== null && !(editTime >= 0))
    throw new TypeError('editTime is no time. Give milliseconds, or null for always.')
  return { ...rest, editTime: editTime ?? Number.POSITIVE_INFINITY }
}

function given(credentials: { readonly cert: string; readonly key: string }): TlsHandler {
  try {
    return tlsHandler(credentials)
  } catch (error) {
    const message =
      'tls is not a matching certificate and key in PEM. Give the contents of a certificate and of its own key.'
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
