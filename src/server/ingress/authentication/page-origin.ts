/**
 * The origins of pages. First, those where a passkey can be used. A passkey belongs to the host name of the page (WebAuthn, 5.1.2: the relying
 * party's id), and browsers offer it only to pages that came over a secure connection.
 */
import { isIP } from 'node:net'

export type PasskeySite =
  | { readonly ok: true; readonly host: string; readonly origin: string }
  /** The reason completes the sentence of `passkey-unavailable`. */
  | { readonly ok: false; readonly reason: string }

/** `origin` is that of the page which opened the connection; null if no page did. */
export function passkeySite(origin: string | null): PasskeySite {
  if (origin === null || !URL.canParse(origin)) return { ok: false, reason: 'passkeys work in a browser only' }
  const { protocol, hostname } = new URL(origin)
  if (hostname === 'localhost') return { ok: true, host: hostname, origin }
  if (protocol !== 'https:') return { ok: false, reason: 'the page must come over https' }
  const isAddress = isIP(hostname) !== 0 || hostname.startsWith('[')
  if (isAddress) return { ok: false, reason: 'the page must have a domain name, not an IP address' }
  return { ok: true, host: hostname, origin }
}

/** The contact for the operator of a push service: the page of this server; null: there's none that others reach. */
export function pushSite(origin: string | null): string | null {
  const site = passkeySite(origin)
  return site.ok && site.host !== 'localhost' ? site.origin : null
}
