/**
 * TLS, the server's side: the door through which a socket comes whose first byte began a handshake. What is inside goes
 * back to the connection that it was, and is sniffed again (docs/architecture.md).
 */
import { constants } from 'node:crypto'
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls'
import type { Door } from '../tcp.ts'
import type { Credentials } from './certificate.ts'
import { type Fingerprint, fingerprintOf } from './fingerprint.ts'

export type TlsDoor = Door & {
  /** What the server shows from now on. Throws, and keeps what it has, if the two do not fit. */
  readonly renew: (credentials: Credentials) => void
  readonly fingerprint: () => Fingerprint
}

/** Offered to who asks what is spoken inside; who does not ask may speak anything. */
const ALPN = ['http/1.1', 'irc']

/** Throws if certificate and key are none, or do not fit. */
export function tlsDoor(credentials: Credentials): TlsDoor {
  let context = contextOf(credentials)
  let fingerprint = fingerprintOf(credentials.cert)
  return {
    take(socket, become) {
      const secure = new TLSSocket(socket, { isServer: true, secureContext: context, ALPNProtocols: ALPN })
      // Every error is followed by 'close', of both.
      secure.on('error', () => {})
      // Who ends in the middle of the handshake has nothing to be told.
      const giveUp = (): void => void secure.destroy()
      secure.once('end', giveUp)
      secure.once('secure', () => {
        secure.off('end', giveUp)
        become({ as: 'secure', socket: secure })
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

/** A renegotiation costs the server more than who asks for it. */
const contextOf = ({ cert, key }: Credentials): SecureContext =>
  createSecureContext({ cert, key, minVersion: 'TLSv1.2', secureOptions: constants.SSL_OP_NO_RENEGOTIATION })
