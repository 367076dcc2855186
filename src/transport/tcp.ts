/** TCP sockets as connections. A half-open one stays writable, so that `printf … | nc -N` gets its answer. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Observable, type Subscriber } from 'rxjs'
import type { CloseCode } from '../model/closing.ts'
import { KEEPALIVE_MS, LINGER_MS } from '../model/limits.ts'
import type { Connection, Signal, Transport } from '../port/transport.ts'
import { plainAddress } from './network.ts'
import { type Messages, readMessages } from './websocket.ts'

const NOTHING = Buffer.alloc(0)

/** Serves a protocol that has no codec, on sockets that were sniffed. */
export type ProtocolHandler = {
  /** The socket is paused. `address` is the client's. `become` is called at most once, when the socket comes back. */
  readonly take: (socket: Socket, become: (next: Become) => void, address: string) => void
  readonly close: () => void
}

/** The new use of a handed-on socket. */
export type Become =
  /** `head` is the bytes after the handshake; `forwarded` and `origin` are headers of the request. */
  | {
      readonly as: 'websocket'
      readonly head: Uint8Array
      readonly forwarded: string | null
      readonly origin: string | null
    }
  /** `socket` gives the plain text inside of TLS; `certificate` is the hash of the server's, in hex. */
  | { readonly as: 'secure'; readonly socket: Socket; readonly certificate: string }

/** By protocol. */
export type ProtocolHandlers = ReadonlyMap<string, ProtocolHandler>

/** A connected socket as a Connection. The socket must allow half-open, and be paused or not flowing yet. */
class SocketConnection implements Connection {
  readonly id: string
  readonly address: string
  readonly #socket: Socket
  readonly #handlers: ProtocolHandlers
  /** The socket itself, or the TLS socket on top of it. */
  #wire: Socket
  #signals: Subscriber<Signal> | null = null
  #messages: Messages | null = null
  #lingering: NodeJS.Timeout | undefined
  readonly #onData = (bytes: Uint8Array): void => this.#tell({ type: 'bytes', bytes })
  readonly #onEnd = (): void => this.#tell({ type: 'end' })

  constructor(socket: Socket, id: string, handlers: ProtocolHandlers) {
    this.id = id
    this.address = plainAddress(socket.remoteAddress ?? '')
    this.#socket = socket
    this.#handlers = handlers
    this.#wire = socket
  }

  get signals$(): Observable<Signal> {
    return new Observable(signals => {
      this.#signals = signals
      this.#socket.setNoDelay(true)
      this.#socket.setKeepAlive(true, KEEPALIVE_MS)
      this.#listen(this.#socket)
      this.#socket.on('close', () => {
        signals.next({ type: 'closed' })
        signals.complete()
      })
      return () => this.destroy()
    })
  }

  get outstanding(): number {
    return this.#wire.writableLength
  }

  write(bytes: Uint8Array): boolean {
    const wire = this.#wire
    // A wire that is gone takes nothing, and neither does a full one, so it's asked only then.
    if (!wire.write(bytes) && wire.destroyed) return false
    if (wire.writableLength === 0) return true
    // An empty write is done when all writes before it are done.
    wire.write(NOTHING, () => this.#tell({ type: 'writable' }))
    return false
  }

  handOn(protocol: string, bytes: Uint8Array, from: string): boolean {
    const handler = this.#handlers.get(protocol)
    if (!handler || this.#wire.readableEnded) return false
    this.#wire.off('data', this.#onData).off('end', this.#onEnd)
    this.#wire.pause()
    this.#wire.unshift(bytes)
    handler.take(this.#wire, next => this.#become(next), from)
    return true
  }

  end(why?: CloseCode): void {
    this.#messages?.close(why)
    this.#wire.end()
    // If this process stood still, data that has arrived is read before the socket is destroyed.
    this.#lingering ??= setTimeout(() => setImmediate(() => this.destroy()), LINGER_MS).unref()
    this.#socket.once('close', () => clearTimeout(this.#lingering))
  }

  destroy(): void {
    this.#wire.destroy()
  }

  #tell(signal: Signal): void {
    this.#signals?.next(signal)
  }

  #listen(wire: Socket): void {
    this.#wire = wire
    wire.on('error', ignore)
    wire.on('data', this.#onData).on('end', this.#onEnd)
  }

  #become(next: Become): void {
    if (next.as === 'secure') {
      this.#listen(next.socket)
      return this.#tell({ type: 'secured', certificate: next.certificate })
    }
    const { head, forwarded, origin } = next
    this.#tell({ type: 'upgraded', forwarded, origin })
    this.#messages = readMessages(this.#wire, signal => this.#tell(signal))
    if (head.length > 0) this.#messages.hear(head)
  }
}

/** Every error is followed by 'close', and only that matters here: the connection is gone. */
const ignore = (): void => {}

export type Listening = { readonly port: number; readonly host: string }

/**
 * Listens while subscribed. Calls `listening` with the actual port, which differs from `port` if that is 0. Closes the
 * newest connections above `most` at once. `shared`: other processes listen on the port, too, and the system spreads the
 * connections over them.
 */
export function tcpTransport(
  host: string | undefined,
  port: number,
  listening: (at: Listening) => void,
  handlers: ProtocolHandlers = new Map(),
  most = Number.POSITIVE_INFINITY,
  shared = false,
): Transport {
  return {
    connections$: new Observable<Connection>(connections => {
      let count = 0
      const server: Server = createServer({ allowHalfOpen: true }, socket => {
        connections.next(new SocketConnection(socket, `tcp-${++count}`, handlers))
      })
      if (Number.isFinite(most)) server.maxConnections = most
      server.on('error', error => connections.error(error))
      server.listen({ port, ...(host === undefined ? {} : { host }), backlog: BACKLOG, reusePort: shared }, () => {
        const address = server.address() as AddressInfo
        listening({ port: address.port, host: address.address })
      })
      return () => {
        server.close()
        for (const handler of handlers.values()) handler.close()
      }
    }),
  }
}

/** New connections that the system may hold for the server. A storm of reconnects after a restart must fit. */
const BACKLOG = 4096
