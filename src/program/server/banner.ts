/** Where to join, at every address of this machine, in words and as a code. */
import { networkInterfaces } from 'node:os'
import type { Listening } from '../../transport/tcp.ts'
import { qrLines } from './qr.ts'

const BAR = '#'.repeat(66)

/** This machine's own name for itself first, then what others reach it by. */
export function addressesOf({ host }: Listening): readonly string[] {
  const everywhere = host === '::' || host === '0.0.0.0'
  return everywhere ? ['localhost', ...lanAddresses()] : [host]
}

export function banner(at: Listening): readonly string[] {
  const { host, port } = at
  const addresses = addressesOf(at)
  const [first] = addresses
  return [
    BAR,
    ...addresses.map(address => `Chat running ${withPort(address, port)}`),
    `Open       http://${withPort(first ?? host, port)}  in a browser`,
    `Join with  rxchat ${withPort(first ?? host, port)}`,
    `or with    nc ${first} ${port}  and your name as the first line`,
    BAR,
  ]
}

/** What to type elsewhere, at each address. */
export const joinLines = (at: Listening): readonly string[] =>
  addressesOf(at).map(address => `rxchat ${withPort(address, at.port)}`)

/** The address that others reach, as a link, with its code above it. `light`: on a light ground. */
export function codeLines(at: Listening, light: boolean): readonly string[] {
  const link = `http://${withPort(addressesOf(at).at(-1) ?? at.host, at.port)}/`
  return [...qrLines(link, light), link]
}

const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

const lanAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )
