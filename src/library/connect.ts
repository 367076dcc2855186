/** Connects a program to a chat: an address, a name, and the ports of this machine. */
import { connect as connectClient } from '../client/session/connection.ts'
import type { Remembered } from '../client/session/state.ts'
import { LOBBY } from '../model/name/standing.ts'
import type { Dialer } from '../port/dialer.ts'
import { type Address, hostAndPort, readAddress } from '../system/address.ts'
import { systemClock } from '../transport/clock.ts'
import { tcpDialer } from '../transport/dial-tcp.ts'
import { systemEntropy } from '../transport/entropy.ts'
import { reachTls, tlsDialer } from '../transport/tls/dial.ts'
import { readFingerprint } from '../transport/tls/fingerprint.ts'
import { pinnedServer, vouchedServer } from '../transport/tls/judge.ts'
import { type Reach, reachTcp } from '../transport/webhook/http-request.ts'
import { type Chat, chatOver } from './chat.ts'

export type ConnectOptions = {
  readonly name: string
  /** The rooms to be in from the start. Default: the lobby. */
  readonly rooms?: readonly string[]
  /** How many of the last messages of each room are emitted first, marked as replayed; 200 at most. Default: none. */
  readonly past?: number
  /** Whether to fetch the messages missed while we were away; if not, only their number is emitted. Default: true. */
  readonly catchUp?: boolean
  /** Whether to reconnect after a lost connection. Default: true. */
  readonly reconnect?: boolean
  /** Whether to keep trying if the first attempt fails. Default: false. */
  readonly insist?: boolean
  /** How long to try without a connection, in milliseconds; null, the default: forever. */
  readonly patience?: number | null
  /** For a server that requires one. */
  readonly password?: string
  /** The only certificate to accept, as `rxchat-server --tls` prints it. It implies TLS, as `tls://` does. */
  readonly fingerprint?: string
  /** The text that `remember` returned in an earlier process. */
  readonly remembered?: string | null
}

/**
 * `address` is HOST, HOST:PORT or [IPV6]:PORT, with tls:// before it for TLS; its default is localhost:3001. Nothing
 * happens before the next turn of the event loop. Throws a TypeError if `address`, `fingerprint` or `remembered` is
 * invalid; the chat reports all other errors.
 */
export function connect(address: string | undefined, options: ConnectOptions): Chat {
  const { name, rooms = [LOBBY], past = 0, remembered = null, fingerprint, ...wish } = options
  const where = readAddress(address ?? 'localhost')
  if (!where)
    throw new TypeError(
      `"${address}" is not an address. Give HOST, HOST:PORT or [IPV6]:PORT, with tls:// before it for TLS.`,
    )
  const client = connectClient(
    {
      dial: dialerOf(where, fingerprint),
      clock: systemClock,
      random: Math.random,
      secret: systemEntropy.secret,
    },
    { reconnect: true, insist: false, ...wish, name, room: rooms[0] ?? LOBBY, history: past },
    remembered === null ? undefined : recalled(remembered),
  )
  const host = hostAndPort(where.host, where.port)
  return chatOver(client, name, rooms, { reach: reachOf(where, fingerprint), host })
}

function dialerOf({ host, port, tls }: Address, fingerprint: string | undefined): Dialer {
  if (!tls && fingerprint === undefined) return tcpDialer(host, port)
  if (fingerprint === undefined) return tlsDialer(host, port, (at, on) => vouchedServer(hostAndPort(at, on)))
  const expected = readFingerprint(fingerprint)
  if (expected === null)
    throw new TypeError(`"${fingerprint}" is not a fingerprint. Give SHA256:… as the server prints it.`)
  return tlsDialer(host, port, (at, on) => pinnedServer(hostAndPort(at, on), expected))
}

/** The same certificate is expected as of the chat. */
function reachOf({ host, port, tls }: Address, fingerprint: string | undefined): Reach {
  if (!tls && fingerprint === undefined) return reachTcp(host, port)
  const expected = fingerprint === undefined ? null : readFingerprint(fingerprint)
  const server = hostAndPort(host, port)
  return reachTls(host, port, expected === null ? vouchedServer(server) : pinnedServer(server, expected))
}

function recalled(text: string): Remembered {
  const read = parse(text)
  if (typeof read === 'object' && read !== null && FIELDS.every(field => field in read)) return read as Remembered
  throw new TypeError('The text is not from remember(). Give it unchanged, or leave it out to start a new session.')
}

const FIELDS = ['token', 'epoch', 'cursor', 'name', 'items', 'lastN'] satisfies (keyof Remembered)[]

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
