/**
 * The address of a server: `host`, `host:port`, `[ipv6]:port`, or a bare IPv6 address; `tls://` before it means TLS. A
 * name may come before an @, as in ssh. The address of a web page works too, including the room, and so does an invite
 * link.
 */

import { errorText } from '../model/error.ts'
import { readRoom, roomFault } from '../model/name/name.ts'

export type Address = { readonly host: string; readonly port: number; readonly tls: boolean }

/** `name`, `room` and `invite` null: not given. */
export type Destination = {
  readonly address: Address
  readonly name: string | null
  readonly room: string | null
  /** The token of an invite. */
  readonly invite: string | null
}

type HostPort = Omit<Address, 'tls'>

export const DEFAULT_PORT = 3001

export const hostAndPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

/** The address of the server's page, without a slash at its end. */
export const siteOf = ({ host, port, tls }: Address): string => `${tls ? 'https' : 'http'}://${hostAndPort(host, port)}`

/** The meaning of a scheme: TLS or not, and the default port. */
const SCHEMES: ReadonlyMap<string, { readonly tls: boolean; readonly port: number }> = new Map([
  ['tls', { tls: true, port: DEFAULT_PORT }],
  ['chats', { tls: true, port: DEFAULT_PORT }],
  ['chat', { tls: false, port: DEFAULT_PORT }],
  ['http', { tls: false, port: 80 }],
  ['https', { tls: true, port: 443 }],
])

/** Null if it's not an address. */
export const readAddress = (text: string): Address | null => readDestination(text)?.address ?? null

export function readDestination(text: string): Destination | null {
  const [, word, whole = text] = /^([a-z]+):\/\/(.*)$/is.exec(text) ?? []
  const scheme = word === undefined ? { tls: false, port: DEFAULT_PORT } : SCHEMES.get(word.toLowerCase())
  if (!scheme) return null
  const [, who, where = whole] = /^([^/?#]*)@(.*)$/s.exec(whole) ?? []
  const [, place = '', fragment] = /^([^/?#]*)(?:[/?][^#]*)?(?:#(.*))?$/s.exec(where) ?? []
  // Only web addresses have a path. Without a scheme it's an error.
  if (who === '' || (word === undefined && place !== where)) return null
  const read = readPlace(place, scheme.port)
  return read && { address: { ...read, tls: scheme.tls }, name: who ?? null, ...readFragment(fragment ?? '') }
}

/**
 * `#ops`; `#ops/1042`, the link to a message there; or as in an invite link `#invite=TOKEN&room=ops`. No name of a room has
 * a slash or an equals sign.
 */
function readFragment(fragment: string): Pick<Destination, 'room' | 'invite'> {
  if (!fragment.startsWith('invite=')) return { room: decoded(fragment).replace(/\/\d+$/, '') || null, invite: null }
  const fields = new URLSearchParams(fragment)
  return { room: fields.get('room') || null, invite: fields.get('invite') || null }
}

/** The sentence about a room that can't be; null: it can. */
export function wrongRoom(typed: string): string | null {
  const read = readRoom(typed)
  return read.ok ? null : errorText('room-name', roomFault(read))
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}

function readPlace(text: string, otherwise: number): HostPort | null {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text)
  if (bracketed) return withPort(bracketed[1] ?? '', bracketed[2], otherwise)
  const colons = text.split(':').length - 1
  if (colons > 1) return /^[\da-f:.%\w]+$/i.test(text) ? { host: text, port: otherwise } : null
  const [host = '', port] = text.split(':')
  return /^[^\s/@]+$/.test(host) ? withPort(host, port, otherwise) : null
}

function withPort(host: string, port: string | undefined, otherwise: number): HostPort | null {
  if (port === undefined) return { host, port: otherwise }
  const number = Number(port)
  return /^\d+$/.test(port) && number >= 1 && number <= 65_535 ? { host, port: number } : null
}
