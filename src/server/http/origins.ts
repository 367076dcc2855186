/** The pages that may connect: those that this server served, and those that the host allows. */
import type { IncomingMessage } from 'node:http'

/** A host as a browser sends it, with or without a port; no user, path or anything else. */
const HOST = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** The host that a request names; null if it names none, several, or something that is no host. */
export function hostOf({ headersDistinct }: IncomingMessage): string | null {
  const [host, ...more] = headersDistinct['host'] ?? []
  return host !== undefined && more.length === 0 && HOST.test(host) ? host : null
}

/** The origin as browsers write it, such as `https://chat.example`, without a path; null if the text is none. */
export function readOrigin(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { origin, protocol, pathname, search, hash, username } = new URL(text)
  const bare = pathname === '/' && search === '' && hash === '' && username === ''
  return bare && (protocol === 'http:' || protocol === 'https:') ? origin : null
}

/**
 * Without an origin the client is no browser, so no foreign page is behind it. The schemes are not compared: a proxy
 * that ends TLS before this server does not report it.
 */
export function mayConnect(origin: string | undefined, host: string, allowed: readonly string[]): boolean {
  if (origin === undefined) return true
  const from = readOrigin(origin)
  if (from === null) return false
  const { protocol } = new URL(from)
  return allowed.includes(from) || new URL(`${protocol}//${host}`).host === new URL(from).host
}

/** The origins of pages that come from `HOST:PORT`, as browsers write them. */
export const originsAt = (address: string): readonly string[] =>
  ['http', 'https'].flatMap(scheme => readOrigin(`${scheme}://${address}`) ?? [])
