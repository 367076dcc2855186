/** Port: connections, wherever they come from. The core knows nothing of sockets. */
import type { Observable } from 'rxjs'
import type { CloseCode } from '../model/error.ts'

/** What happens on a connection, in this order: any number of `bytes` and `writable`, at most one `end`, one `closed`. */
export type Signal =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** What was written has gone; the next write may follow. */
  | { readonly type: 'writable' }
  /** What was handed on as TLS has shaken hands: what comes is what was inside, and what is written goes there. */
  | { readonly type: 'secured' }
  /**
   * What was handed on as HTTP is a WebSocket now: each message that comes is a line; what is written is whole frames.
   * `forwarded` is what its request says of whom it was passed on for (X-Forwarded-For).
   */
  | { readonly type: 'upgraded'; readonly forwarded: string | null }
  /** The peer broke the rules of its WebSocket; nothing that it still sends is heard. */
  | { readonly type: 'broken'; readonly code: CloseCode }
  /** The peer will send no more, but may still read: a half-open connection. */
  | { readonly type: 'end' }
  /** The connection is gone, for whatever reason. Nothing follows. */
  | { readonly type: 'closed' }

export interface Connection {
  readonly id: string
  /** The peer's address without its port, for bounds per address and for the host's eyes. */
  readonly address: string
  /** For one subscriber, who owns the connection: unsubscribing destroys it. Completes after `closed`, never errors. */
  readonly signals$: Observable<Signal>
  /** Bytes written and not yet taken by the system: bounded, since nobody writes while any are outstanding. */
  readonly outstanding: number
  /** True if the system took all of it at once; false if some is outstanding, then `writable` follows. */
  write(bytes: Uint8Array): boolean
  /**
   * Gives what comes, `bytes` first, to whoever serves this protocol beside the codecs; false if nobody does. Its owner
   * stays the same, and hears when it is `secured`, `upgraded` or `closed`. `address`: whence it comes, as a proxy may
   * have said.
   */
  handOn(protocol: string, bytes: Uint8Array, address: string): boolean
  /** Closes after all that was written, and ignores what still comes. `why` is for protocols that have close codes. */
  end(why?: CloseCode): void
  /** Closes at once. */
  destroy(): void
}

export interface Transport {
  /** For one subscriber. Unsubscribing stops accepting. Errors if it cannot listen. */
  readonly connections$: Observable<Connection>
}
