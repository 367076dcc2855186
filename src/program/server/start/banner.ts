/** The addresses to join at: every address of this machine, as text and as a QR code. */
import { networkInterfaces } from 'node:os'
import { aligned } from '../../../model/text.ts'
import type { Listening } from '../../../transport/tcp.ts'
import type { Fingerprint } from '../../../transport/tls/fingerprint.ts'
import { qrLines } from './qr.ts'

export type BannerFacts = Listening & {
  /** Fingerprint of the server's certificate; null: no TLS. */
  readonly fingerprint: Fingerprint | null
  readonly tlsOnly: boolean
  /** Members need one. */
  readonly password: boolean
  /** How to call the client where this server was started: `rxchat`, or `npx rxchat`. */
  readonly client: string
}

const BAR = '#'.repeat(66)

/** `localhost` first, then the addresses that other machines reach. */
export function addressesOf({ host }: Listening): readonly string[] {
  const everywhere = host === '::' || host === '0.0.0.0'
  return everywhere ? ['localhost', ...lanAddresses()] : [host]
}

export function banner(at: BannerFacts): readonly string[] {
  const addresses = addressesOf(at)
  const [first = at.host] = addresses
  const [browser, terminal, netcat] = waysIn(at)
  return [
    BAR,
    ...addresses.map(address => `Chat running ${withPort(address, at.port)}`),
    `Open       ${browser.at(first)}  in a browser`,
    `Join with  ${terminal.at(first)}`,
    `or with    ${netcat.at(first)}  and your name as the first line`,
    ...(at.password ? ['A password is required.'] : []),
    ...(at.fingerprint === null ? [] : [`Certificate ${at.fingerprint}`]),
    BAR,
  ]
}

/** Every way to join, at each address. */
export const joinLines = (at: BannerFacts): readonly string[] =>
  aligned(waysIn(at).flatMap(way => addressesOf(at).map((address, k) => [k === 0 ? way.how : '', way.at(address)])))

/** The first command to show. */
export const joinCommand = (at: BannerFacts): string => waysIn(at)[1].at(addressesOf(at)[0] ?? at.host)

type Way = { readonly how: string; readonly at: (address: string) => string }

function waysIn({ port, fingerprint, tlsOnly, client }: BannerFacts): readonly [Way, Way, Way] {
  const [web, native] = fingerprint === null ? ['http', ''] : ['https', 'tls://']
  const netcat: Way = tlsOnly
    ? { how: 'with openssl', at: address => `openssl s_client -quiet -connect ${withPort(address, port)}` }
    : { how: 'with netcat', at: address => `nc ${address} ${port}` }
  return [
    { how: 'in a browser', at: address => `${web}://${withPort(address, port)}` },
    { how: 'in a terminal', at: address => `${client} ${native}${withPort(address, port)}` },
    netcat,
  ]
}

/** The address of the server for browsers on other machines. `advertise`: `HOST:PORT`, if clients reach it elsewhere. */
export const siteLink = (at: Listening, isSecure: boolean, advertise: string | null): string =>
  `${isSecure ? 'https' : 'http'}://${advertise ?? withPort(addressesOf(at).at(-1) ?? at.host, at.port)}`

/** A link to the page, at the address that other machines reach. */
export const pageLink = (at: BannerFacts): string =>
  `${at.fingerprint === null ? 'http' : 'https'}://${withPort(addressesOf(at).at(-1) ?? at.host, at.port)}/`

/** The token is in the fragment, which no browser sends: so it's in no log of a server or a proxy. */
export const inviteLink = (at: BannerFacts, token: string, room: string | null): string =>
  `${pageLink(at)}#invite=${token}${room === null ? '' : `&room=${encodeURIComponent(room)}`}`

/** The URL to which other programs send the token's posts. */
export const hookLink = (at: BannerFacts, token: string): string => `${pageLink(at)}hooks/${token}`

/** A link with its QR code above it. `light`: for a light background. */
export const codeLines = (link: string, light: boolean): readonly string[] => [...qrLines(link, light), link]

const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

const lanAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )
