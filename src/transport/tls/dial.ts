/**
 * Dials over TLS. Nothing is sent before the judge accepts the server: an authority vouches for its certificate, or
 * it's the expected one. A server that isn't accepted is refused, and not dialled again.
 */
import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { Observable } from 'rxjs'
import { KEEPALIVE_MS } from '../../model/limits.ts'
import type { Dialer, Dialled } from '../../port/dialer.ts'
import { CONNECT_MS, sentence } from '../dial-tcp.ts'
import type { Reach } from '../webhook/http-request.ts'
import { faultIn } from './fault.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { Judge, ShownCertificate } from './judge.ts'

export const tlsDialer =
  (host: string, port: number, judge: Judge): Dialer =>
  () => {
    const socket = secureSocket(host, port)
    return {
      signals$: new Observable<Dialled>(signals => {
        const timer = setTimeout(() => setImmediate(giveUp), CONNECT_MS)
        const giveUp = (): void => {
          // While this process stood still, the server may have answered.
          if (state === 'dialling') socket.destroy(new Error('timeout'))
        }
        let state: 'dialling' | 'open' | 'refused' = 'dialling'
        socket.setNoDelay(true)
        socket.setKeepAlive(true, KEEPALIVE_MS)
        socket.on('secureConnect', () => {
          clearTimeout(timer)
          const reason = judge(shownBy(socket))
          state = reason === null ? 'open' : 'refused'
          signals.next(reason === null ? { type: 'opened' } : { type: 'refused', reason })
          if (reason !== null) socket.destroy()
        })
        socket.on('data', (bytes: Uint8Array) => {
          if (state === 'open') signals.next({ type: 'bytes', bytes })
        })
        socket.on('error', (error: NodeJS.ErrnoException) => {
          if (state === 'dialling') signals.next({ type: 'failed', reason: why(error, host, port) })
        })
        socket.on('close', () => {
          clearTimeout(timer)
          if (state === 'open') signals.next({ type: 'closed' })
          signals.complete()
        })
        return () => {
          clearTimeout(timer)
          socket.destroy()
        }
      }),
      write: text => void socket.write(text),
      destroy: () => void socket.destroy(),
    }
  }

const secureSocket = (host: string, port: number): TLSSocket =>
  connect({
    ...{ host, port, autoSelectFamily: true, minVersion: 'TLSv1.2' as const },
    ...(isIP(host) === 0 ? { servername: host } : {}),
    // A certificate without an authority may still be known. The judge decides.
    rejectUnauthorized: false,
  })

/** The same for an HTTP request: calls back with the socket. */
export const reachTls =
  (host: string, port: number, judge: Judge): Reach =>
  (opened, failed) => {
    const socket = secureSocket(host, port)
    const timer = setTimeout(() => socket.destroy(new Error('timeout')), CONNECT_MS)
    const onError = (error: Error): void => failed('lost', why(error, host, port))
    socket.once('error', onError)
    socket.once('close', () => clearTimeout(timer))
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      const reason = judge(shownBy(socket))
      if (reason === null) {
        socket.off('error', onError)
        return opened(socket)
      }
      failed('refused', reason)
      socket.destroy()
    })
    return () => void socket.destroy()
  }

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
