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
  const { host, port, fingerprint } = at
  const addresses = addressesOf(at)
  const [first = host] = addresses
  const there = withPort(first, port)
  const nc = at.tlsOnly ? `openssl s_client -quiet -connect ${there}` : `nc ${first} ${port}`
  return [
    BAR,
    ...addresses.map(address => `Chat running ${withPort(address, port)}`),
    `Open       ${fingerprint === null ? 'http' : 'https'}://${there}  in a browser`,
    `Join with  rxchat ${fingerprint === null ? '' : 'tls://'}${there}`,
    `or with    ${nc}  and your name as the first line`,
    ...(fingerprint === null ? [] : [`Certificate ${fingerprint}`]),
    BAR,
  ]
}

/** What to type elsewhere, at each address. */
export const joinLines = (at: Joining): readonly string[] =>
  addressesOf(at).map(address => `rxchat ${at.fingerprint === null ? '' : 'tls://'}${withPort(address, at.port)}`)

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
