/**
 * Dials over TLS. Nothing is sent before the judge accepts the server: an authority vouches for its certificate, or
 * it's the expected one. A server that isn't accepted is refused, and not dialled again.
 */
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import type { Dialer } from '../../port/dialer.ts'
import { dialling, type Handshake, sentence } from '../dial-tcp.ts'
import { roaming } from '../roaming.ts'
import { type Reach, reaching } from '../webhook/http-request.ts'
import { faultIn } from './fault.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Judge, ShownCertificate } from './judge.ts'

/** `judgeOf` gives the judge of each server that is dialled. */
export const tlsDialer = (host: string, port: number, judgeOf: (host: string, port: number) => Judge): Dialer =>
  roaming(host, port, (at, on) => {
    const socket = secureSocket(at, on)
    return dialling(socket, tlsHandshake(socket, at, on, judgeOf(at, on)))
  })

/** The same for an HTTP request: calls back with the socket. */
export const reachTls =
  (host: string, port: number, judge: Judge): Reach =>
  (opened, failed) => {
    const socket = secureSocket(host, port)
    return reaching(socket, tlsHandshake(socket, host, port, judge), opened, failed)
  }

const tlsHandshake = (socket: TLSSocket, host: string, port: number, judge: Judge): Handshake => ({
  ready: 'secureConnect',
  refusal: () => judge(shownBy(socket)),
  why: error => why(error, host, port),
})

const secureSocket = (host: string, port: number): TLSSocket =>
  connect({
    ...{ host, port, autoSelectFamily: true, minVersion: 'TLSv1.2' as const },
    ...(isIP(host) === 0 ? { servername: host } : {}),
    // A certificate without an authority may still be known. The judge decides.
    rejectUnauthorized: false,
  })

function shownBy(socket: TLSSocket): ShownCertificate {
  const certificate = socket.getPeerCertificate()
  const { authorized, authorizationError } = socket
  const code = authorizationError instanceof Error ? authorizationError.message : `${authorizationError}`
  return { fingerprint: fingerprintOf(certificate.raw), fault: authorized ? null : faultIn(code, certificate) }
}

/** A TLS error before the handshake is done means that the server has no TLS there. */
function why(error: NodeJS.ErrnoException, host: string, port: number): string {
  const spoken = error.code?.startsWith('ERR_SSL_') || (error.code === 'ECONNRESET' && error.syscall === undefined)
  if (!spoken) return sentence(error, host, port)
  return `${host}:${port} does not take TLS. Leave out tls:// and --tls, or ask its host for --tls.`
}
