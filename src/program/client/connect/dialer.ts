/** How `rxchat` reaches a server: over TCP, or over TLS after checking the certificate. */

import { PLAIN } from '../../../model/proof.ts'
import type { Dialer } from '../../../port/dialer.ts'
import { type Address, hostAndPort } from '../../../system/address.ts'
import { tcpDialer } from '../../../transport/dial-tcp.ts'
import type { Fingerprint } from '../../../transport/tls/fingerprint.ts'
import type { Judge } from '../../../transport/tls/judge.ts'
import type { Reach } from '../../../transport/webhook/http-request.ts'
import type { Meeting } from './known-servers.ts'

/** `fingerprint` null: the certificate is checked against authorities, or the remembered fingerprint. */
export type Dialers = (address: Address, fingerprint: Fingerprint | null) => Reached

/**
 * `seen`: the certificate of the server that was dialled last, in the form that a proof names. `probe` dials beside that
 * connection, and asks the user nothing.
 */
export type Reached = { readonly dial: Dialer; readonly probe: Dialer; readonly seen: () => string }

/**
 * Loads the TLS code only if it may be needed, because a pipe starts faster without it. `tell` gets messages about
 * certificates.
 */
export async function dialers(
  tls: boolean,
  env: NodeJS.ProcessEnv,
  tell: (text: string) => void,
  ask?: (meeting: Meeting) => void,
): Promise<Dialers> {
  const plain = ({ host, port }: Address): Reached => {
    const dial = tcpDialer(host, port)
    return { dial, probe: dial, seen: () => PLAIN }
  }
  if (!tls) return plain
  const [{ tlsDialer }, { hexOf }, judgeOf, judgeUnasked] = await Promise.all([
    import('../../../transport/tls/dial.ts'),
    import('../../../transport/tls/fingerprint.ts'),
    judges(env, tell, ask),
    judges(env, tell, ask && (() => {})),
  ])
  return (address, fingerprint) => {
    const { host, port, tls: secure } = address
    if (!secure) return plain(address)
    let seen = ''
    const unasked = (at: string, on: number): Judge => judgeUnasked({ ...address, host: at, port: on }, fingerprint)
    const watching = (at: string, on: number): Judge => {
      const judge = judgeOf({ ...address, host: at, port: on }, fingerprint)
      return shown => {
        seen = hexOf(shown.fingerprint)
        return judge(shown)
      }
    }
    return { dial: tlsDialer(host, port, watching), probe: tlsDialer(host, port, unasked), seen: () => seen }
  }
}

/** The same for HTTP requests. */
export async function reachFor(
  address: Address,
  fingerprint: Fingerprint | null,
  env: NodeJS.ProcessEnv,
  tell: (text: string) => void,
): Promise<Reach> {
  const { host, port, tls } = address
  if (!tls) return (await import('../../../transport/webhook/http-request.ts')).reachTcp(host, port)
  const [{ reachTls }, judgeOf] = await Promise.all([import('../../../transport/tls/dial.ts'), judges(env, tell)])
  return reachTls(host, port, judgeOf(address, fingerprint))
}

async function judges(env: NodeJS.ProcessEnv, tell: (text: string) => void, ask?: (meeting: Meeting) => void) {
  const [{ pinnedServer }, { knownServer, knownServersFile }] = await Promise.all([
    import('../../../transport/tls/judge.ts'),
    import('./known-servers.ts'),
  ])
  return ({ host, port }: Address, fingerprint: Fingerprint | null): Judge => {
    const server = hostAndPort(host, port)
    if (fingerprint !== null) return pinnedServer(server, fingerprint)
    return knownServer(server, knownServersFile(env), tell, ask)
  }
}
