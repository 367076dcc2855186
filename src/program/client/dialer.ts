/** How `rxchat` reaches a server: over TCP, or over TLS, where it is seen first with whom it would speak. */
import type { Dialer } from '../../port/dialer.ts'
import { tcpDialer } from '../../transport/dial-tcp.ts'
import type { Fingerprint } from '../../transport/tls/fingerprint.ts'
import { type Address, hostAndPort } from './address.ts'

/** `fingerprint` null: by authorities, or by what was shown the first time. */
type Reach = (address: Address, fingerprint: Fingerprint | null) => Dialer

/** What TLS needs is loaded if it may be asked for: a pipe starts faster without. `tell` is told what to know of it. */
export async function dialers(tls: boolean, env: NodeJS.ProcessEnv, tell: (text: string) => void): Promise<Reach> {
  if (!tls) return ({ host, port }) => tcpDialer(host, port)
  const [{ tlsDialer }, { pinnedServer }, { knownServer, knownServersFile }] = await Promise.all([
    import('../../transport/tls/dial.ts'),
    import('../../transport/tls/judge.ts'),
    import('./known-servers.ts'),
  ])
  return ({ host, port, tls: secure }, fingerprint) => {
    if (!secure) return tcpDialer(host, port)
    const server = hostAndPort(host, port)
    const judge =
      fingerprint === null ? knownServer(server, knownServersFile(env), tell) : pinnedServer(server, fingerprint)
    return tlsDialer(host, port, judge)
  }
}
