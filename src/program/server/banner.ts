/** Where to join, at every address of this machine, and by which fingerprint the server is known. */
import { networkInterfaces } from 'node:os'
import type { Listening } from '../../transport/tcp.ts'
import type { Fingerprint } from '../../transport/tls/fingerprint.ts'

const BAR = '#'.repeat(66)

/** `fingerprint` null: without TLS. */
export function banner(
  { host, port }: Listening,
  fingerprint: Fingerprint | null,
  tlsOnly: boolean,
): readonly string[] {
  const everywhere = host === '::' || host === '0.0.0.0'
  const addresses = everywhere ? ['localhost', ...lanAddresses()] : [host]
  const [first = host] = addresses
  const there = withPort(first, port)
  const nc = tlsOnly ? `openssl s_client -quiet -connect ${there}` : `nc ${first} ${port}`
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

const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

const lanAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )
