/**
 * TLS on the server, for sockets whose first byte begins a TLS handshake. The plain text inside goes back to the same
 * connection and is sniffed again (docs/architecture.md).
 */
import { constants } from 'node:crypto'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import type { ProtocolHandler } from '../tcp.ts'
import type { Credentials } from './certificate.ts'
import { type Fingerprint, fingerprintOf, hexOf } from './fingerprint.ts'

export type TlsHandler = ProtocolHandler & {
  /** Changes the server's certificate. If certificate and key don't match, it throws and keeps the old ones. */
  readonly renew: (credentials: Credentials) => void
  readonly fingerprint: () => Fingerprint
}

/** Offered to clients that use ALPN. Clients without ALPN may speak any protocol inside. */
const ALPN = ['http/1.1', 'irc']

/** Throws if certificate or key is invalid, or if they don't match. */
export function tlsHandler(credentials: Credentials): TlsHandler {
  let context = contextOf(credentials)
  let fingerprint = fingerprintOf(credentials.cert)
  return {
    take(socket, become) {
      const certificate = hexOf(fingerprint)
      const secure = new TLSSocket(socket, { isServer: true, secureContext: context, ALPNProtocols: ALPN })
      // Every error is followed by 'close', of both sockets.
      secure.on('error', () => {})
      // A peer that ends during the handshake can't be told anything.
      const giveUp = (): void => void secure.destroy()
      secure.once('end', giveUp)
      secure.once('secure', () => {
        secure.off('end', giveUp)
        become({ as: 'secure', socket: secure, certificate })
      })
    },
    renew(next) {
      const renewed = contextOf(next)
      fingerprint = fingerprintOf(next.cert)
      context = renewed
    },
    fingerprint: () => fingerprint,
    close() {},
  }
}

/** A renegotiation costs the server more than the client, so it's off. */
const contextOf = ({ cert, key }: Credentials): SecureContext =>
  createSecureContext({ cert, key, minVersion: 'TLSv1.2', secureOptions: constants.SSL_OP_NO_RENEGOTIATION })
