/** Where to join, at every address of this machine. */
import { networkInterfaces } from 'node:os'
import type { Listening } from '../../transport/tcp.ts'

const BAR = '#'.repeat(66)

export function banner({ host, port }: Listening): readonly string[] {
  const everywhere = host === '::' || host === '0.0.0.0'
  const addresses = everywhere ? ['localhost', ...lanAddresses()] : [host]
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

const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

const lanAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )
