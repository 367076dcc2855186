/** Where to connect: `host`, `host:port`, `[ipv6]:port`, or a bare IPv6 address; with TLS if `tls://` is before it. */

export type Address = { readonly host: string; readonly port: number; readonly tls: boolean }

type Place = Omit<Address, 'tls'>

export const DEFAULT_PORT = 3001

export const hostAndPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

/** Null if it is no address. */
export function readAddress(text: string): Address | null {
  const [, scheme, rest = text] = /^(tls|chats):\/\/([^/]*)\/?$/i.exec(text) ?? []
  const place = readPlace(rest)
  return place && { ...place, tls: scheme !== undefined }
}

function readPlace(text: string): Place | null {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text)
  if (bracketed) return withPort(bracketed[1] ?? '', bracketed[2])
  const colons = text.split(':').length - 1
  if (colons > 1) return /^[\da-f:.%\w]+$/i.test(text) ? { host: text, port: DEFAULT_PORT } : null
  const [host = '', port] = text.split(':')
  return /^[^\s/@]+$/.test(host) ? withPort(host, port) : null
}

function withPort(host: string, port: string | undefined): Place | null {
  if (port === undefined) return { host, port: DEFAULT_PORT }
  const number = Number(port)
  return /^\d+$/.test(port) && number >= 1 && number <= 65_535 ? { host, port: number } : null
}
