/** Where to connect: `host`, `host:port`, `[ipv6]:port`, or a bare IPv6 address. */

export type Address = { readonly host: string; readonly port: number }

export const DEFAULT_PORT = 3001

/** Null if it is no address. */
export function readAddress(text: string): Address | null {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text)
  if (bracketed) return withPort(bracketed[1] ?? '', bracketed[2])
  const colons = text.split(':').length - 1
  if (colons > 1) return /^[\da-f:.%\w]+$/i.test(text) ? { host: text, port: DEFAULT_PORT } : null
  const [host = '', port] = text.split(':')
  return /^[^\s/@]+$/.test(host) ? withPort(host, port) : null
}

function withPort(host: string, port: string | undefined): Address | null {
  if (port === undefined) return { host, port: DEFAULT_PORT }
  const number = Number(port)
  return /^\d+$/.test(port) && number >= 1 && number <= 65_535 ? { host, port: number } : null
}
