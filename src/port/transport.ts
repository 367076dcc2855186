/** Port: connections of any kind. The core knows nothing of sockets. */
import type { Observable } from 'rxjs'
import type { CloseCode } from '../model/closing.ts'

/** The events of a connection, in this order: any number of `bytes` and `writable`, at most one `end`, one `closed`. */
export type Signal =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** The data written so far has gone; the next write may follow. */
  | { readonly type: 'writable' }
  /**
   * The TLS handshake is done. From now on, bytes in both directions are the plain text inside. `certificate` is the
   * SHA-256 of the certificate that the server has shown, in hex.
   */
  | { readonly type: 'secured'; readonly certificate: string }
  /**
   * A connection handed on as HTTP is now a WebSocket: each incoming message is a line, and each write is whole frames.
   * `forwarded` is the X-Forwarded-For header of its request: the client that a proxy connects for. `origin` is that of
   * the page that asked, which may connect here; null: no page did.
   */
  | { readonly type: 'upgraded'; readonly forwarded: string | null; readonly origin: string | null }
  /** The peer broke the rules of WebSocket. Its later bytes are ignored. */
  | { readonly type: 'broken'; readonly code: CloseCode }
  /** The peer won't send any more, but may still read: a half-open connection. */
  | { readonly type: 'end' }
  /** The connection is gone, for any reason. Nothing follows. */
  | { readonly type: 'closed' }

export interface Connection {
  readonly id: string
  /** The peer's address without its port, for limits per address and for the host. */
  readonly address: string
  /**
   * For one subscriber, which owns the connection: unsubscribing destroys it. Completes after `closed`, never errors.
   */
  readonly signals$: Observable<Signal>
  /** Bytes written and not yet taken by the system. Bounded, because nobody writes while any are outstanding. */
  readonly outstanding: number
  /**
   * True if the system took everything at once. False if some bytes are outstanding; then `writable` follows. No signal
   * comes before it returns, so a group of connections is written to as if at once. Never throws.
   */
  write(bytes: Uint8Array): boolean
  /**
   * Hands the incoming bytes, `bytes` first, to the handler of a protocol that has no codec here. False if there's
   * none. The owner stays the same, and gets the signals `secured`, `upgraded` and `closed`. `address` is the client's
   * address, as a proxy may have reported it.
   */
  handOn(protocol: string, bytes: Uint8Array, address: string): boolean
  /** Closes after all written data, and ignores further input. `why` is for protocols that have close codes. */
  end(why?: CloseCode): void
  /** Closes at once. */
  destroy(): void
}

export interface Transport {
  /** For one subscriber. Unsubscribing stops accepting. Errors if it can't listen. */
  readonly connections$: Observable<Connection>
}
