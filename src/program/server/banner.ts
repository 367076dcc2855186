/** Where to join, at every address of this machine, in words and as a code. */
import { networkInterfaces } from 'node:os'
import type { Listening } from '../../transport/tcp.ts'
import type { Fingerprint } from '../../transport/tls/fingerprint.ts'
import { qrLines } from './qr.ts'

/** Where people can join, and by which certificate the server is known; null: without TLS. */
export type Joining = Listening & { readonly fingerprint: Fingerprint | null; readonly tlsOnly: boolean }

const BAR = '#'.repeat(66)

/** This machine's own name for itself first, then what others reach it by. */
export function addressesOf({ host }: Listening): readonly string[] {
  const everywhere = host === '::' || host === '0.0.0.0'
  return everywhere ? ['localhost', ...lanAddresses()] : [host]
}

export function banner(at: Joining): readonly string[] {
  const addresses = addressesOf(at)
  const [first = at.host] = addresses
  const [browser, terminal, netcat] = waysIn(at)
  return [
    BAR,
    ...addresses.map(address => `Chat running ${withPort(address, at.port)}`),
    `Open       ${browser.at(first)}  in a browser`,
    `Join with  ${terminal.at(first)}`,
    `or with    ${netcat.at(first)}  and your name as the first line`,
    ...(at.fingerprint === null ? [] : [`Certificate ${at.fingerprint}`]),
    BAR,
  ]
}

/** What to open, and what to type elsewhere, at each address. */
export function joinLines(at: Joining): readonly string[] {
  const ways = waysIn(at)
  const width = Math.max(...ways.map(({ how }) => how.length))
  return ways.flatMap(way =>
    addressesOf(at).map((address, k) => `${(k === 0 ? way.how : '').padEnd(width)}  ${way.at(address)}`),
  )
}

/** What to type first of all. */
export const joinCommand = (at: Joining): string => waysIn(at)[1].at(addressesOf(at)[0] ?? at.host)

type Way = { readonly how: string; readonly at: (address: string) => string }

function waysIn({ port, fingerprint, tlsOnly }: Joining): readonly [Way, Way, Way] {
  const [web, native] = fingerprint === null ? ['http', ''] : ['https', 'tls://']
  const netcat: Way = tlsOnly
    ? { how: 'with openssl', at: address => `openssl s_client -quiet -connect ${withPort(address, port)}` }
    : { how: 'with netcat', at: address => `nc ${address} ${port}` }
  return [
    { how: 'in a browser', at: address => `${web}://${withPort(address, port)}` },
    { how: 'in a terminal', at: address => `rxchat ${native}${withPort(address, port)}` },
    netcat,
  ]
}

/** The address that others reach, as a link, with its code above it. `light`: on a light ground. */
export function codeLines(at: Joining, light: boolean): readonly string[] {
  const link = `${at.fingerprint === null ? 'http' : 'https'}://${withPort(addressesOf(at).at(-1) ?? at.host, at.port)}/`
  return [...qrLines(link, light), link]
}

const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

const lanAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )
