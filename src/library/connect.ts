/** The way into a chat from a program: an address, a name, and the ports of this machine. */
import { connect as connectClient } from '../client/connection.ts'
import type { Remembered } from '../client/session-state.ts'
import { LOBBY } from '../model/standing.ts'
import { readAddress } from '../program/client/address.ts'
import { systemClock } from '../transport/clock.ts'
import { tcpDialer } from '../transport/dial-tcp.ts'
import { systemEntropy } from '../transport/entropy.ts'
import { type Chat, chatOver } from './chat.ts'

export type ConnectOptions = {
  readonly name: string
  /** To be in from the start on. Default: the lobby. */
  readonly rooms?: readonly string[]
  /** How many of the last messages of each room are told first, marked as replayed; 200 at most. Default: none. */
  readonly past?: number
  /** Whether what was said while we were away is wanted; if not, only its size is told. Default: true. */
  readonly catchUp?: boolean
  /** Whether to come back after the connection was lost. Default: true. */
  readonly reconnect?: boolean
  /** Whether to keep trying also when there is no server at first. Default: false. */
  readonly insist?: boolean
  /** Milliseconds without a connection after which to give up; null, the default: never. */
  readonly patience?: number | null
  /** What `remember` gave in an earlier process. */
  readonly remembered?: string | null
}

/**
 * `address` is HOST, HOST:PORT or [IPV6]:PORT; its default is localhost:3001. Nothing happens before the next turn of the
 * event loop. Throws a TypeError for what is no address, or was not remembered; all other trouble is told by the chat.
 */
export function connect(address: string | undefined, options: ConnectOptions): Chat {
  const { name, rooms = [LOBBY], past = 0, remembered = null, ...wish } = options
  const where = readAddress(address ?? 'localhost')
  if (!where) throw new TypeError(`"${address}" is no address. Give HOST, HOST:PORT or [IPV6]:PORT.`)
  const client = connectClient(
    {
      dial: tcpDialer(where.host, where.port),
      clock: systemClock,
      random: Math.random,
      secret: systemEntropy.secret,
    },
    { reconnect: true, insist: false, ...wish, name, room: rooms[0] ?? LOBBY, history: past },
    remembered === null ? undefined : recalled(remembered),
  )
  return chatOver(client, name, rooms)
}

function recalled(text: string): Remembered {
  const read = parse(text)
  if (typeof read === 'object' && read !== null && FIELDS.every(field => field in read)) return read as Remembered
  throw new TypeError('That is not what remember() gave. Give that text as it was, or leave it out to enter anew.')
}

const FIELDS = ['token', 'epoch', 'cursor', 'name', 'items', 'lastN'] satisfies (keyof Remembered)[]

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
