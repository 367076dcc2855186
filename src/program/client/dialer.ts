/** How `rxchat` reaches its server: over TCP, or over TLS, where it is seen first with whom it would speak. */
import type { Dialer } from '../../port/dialer.ts'
import { tcpDialer } from '../../transport/dial-tcp.ts'
import type { Fingerprint } from '../../transport/tls/fingerprint.ts'
import { type Address, hostAndPort } from './address.ts'

/** `fingerprint` null: by authorities, or by what was shown the first time. */
export async function dialerOf(
  { host, port, tls }: Address,
  fingerprint: Fingerprint | null,
  env: NodeJS.ProcessEnv,
  tell: (text: string) => void,
): Promise<Dialer> {
  if (!tls) return tcpDialer(host, port)
  // What TLS needs is loaded by who asks for it: a pipe starts faster without.
  const [{ tlsDialer }, { pinnedServer }, { knownServer, knownServersFile }] = await Promise.all([
    import('../../transport/tls/dial.ts'),
    import('../../transport/tls/judge.ts'),
    import('./known-servers.ts'),
  ])
  const server = hostAndPort(host, port)
  const judge =
    fingerprint === null ? knownServer(server, knownServersFile(env), tell) : pinnedServer(server, fingerprint)
  return tlsDialer(host, port, judge)
}
