/** TCP sockets as connections. A half-open one stays writable, so that `printf … | nc -N` gets its answer. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Observable } from 'rxjs'
import { KEEPALIVE_MS, LINGER_MS } from '../model/limits.ts'
import type { Connection, Signal, Transport } from '../port/transport.ts'
import { plainAddress } from './proxy.ts'
import { type Messages, readMessages } from './websocket.ts'

const NOTHING = Buffer.alloc(0)

/** Serves a protocol that has no codec, on sockets that were sniffed. */
export type ProtocolHandler = {
  /** The socket is paused. `address` is the client's. `become` is called at most once, when the socket comes back. */
  readonly take: (socket: Socket, become: (next: Become) => void, address: string) => void
  readonly close: () => void
}

/** What a handed-on socket has become. */
export type Become =
  /** `head` is the bytes after the handshake; `forwarded` is the request's X-Forwarded-For header. */
  | { readonly as: 'websocket'; readonly head: Uint8Array; readonly forwarded: string | null }
  /** `socket` gives the plain text inside of TLS. */
  | { readonly as: 'secure'; readonly socket: Socket }

/** By protocol. */
export type ProtocolHandlers = ReadonlyMap<string, ProtocolHandler>

/** A connected socket as a Connection. The socket must allow half-open, and be paused or not flowing yet. */
export function socketConnection(socket: Socket, id: string, handlers: ProtocolHandlers = new Map()): Connection {
  /** The socket itself, or the TLS socket on top of it. */
  let wire = socket
  let lingering: NodeJS.Timeout | undefined
  let tell = (_: Signal): void => {}
  let messages: Messages | null = null
  const hear = (bytes: Uint8Array): void => tell({ type: 'bytes', bytes })
  const hang = (): void => tell({ type: 'end' })
  function listen(to: Socket): void {
    wire = to
    // Every error is followed by 'close', which is all that matters here: the connection is gone.
    wire.on('error', () => {})
    wire.on('data', hear).on('end', hang)
  }
  function become(next: Become): void {
    if (next.as === 'secure') {
      listen(next.socket)
      return tell({ type: 'secured' })
    }
    const { head, forwarded } = next
    tell({ type: 'upgraded', forwarded })
    messages = readMessages(wire, tell)
    if (head.length > 0) messages.hear(head)
  }
  return {
    id,
    address: plainAddress(socket.remoteAddress ?? ''),
    get outstanding() {
      return wire.writableLength
    },
    signals$: new Observable(signals => {
      tell = what => signals.next(what)
      socket.setNoDelay(true)
      socket.setKeepAlive(true, KEEPALIVE_MS)
      listen(socket)
      socket.on('close', () => {
        signals.next({ type: 'closed' })
        signals.complete()
      })
      return () => wire.destroy()
    }),
    write(bytes) {
      if (wire.destroyed) return false
      wire.write(bytes)
      if (wire.writableLength === 0) return true
      // An empty write is done when all writes before it are done.
      wire.write(NOTHING, () => tell({ type: 'writable' }))
      return false
    },
    handOn(protocol, bytes, from) {
      const handler = handlers.get(protocol)
      if (!handler || wire.readableEnded) return false
      wire.off('data', hear).off('end', hang)
      wire.pause()
      wire.unshift(bytes)
      handler.take(wire, become, from)
      return true
    },
    end(why) {
      messages?.close(why)
      wire.end()
      // If this process stood still, data that has arrived is read before the socket is destroyed.
      lingering ??= setTimeout(() => setImmediate(() => wire.destroy()), LINGER_MS).unref()
      socket.once('close', () => clearTimeout(lingering))
    },
    destroy() {
      wire.destroy()
    },
  }
}

export type Listening = { readonly port: number; readonly host: string }

/**
 * Listens while subscribed. Calls `listening` with the actual port, which differs from `port` if that is 0. Closes the
 * newest connections above `most` at once.
 */
export function tcpTransport(
  host: string | undefined,
  port: number,
  listening: (at: Listening) => void,
  handlers: ProtocolHandlers = new Map(),
  most = Number.POSITIVE_INFINITY,
): Transport {
  return {
    connections$: new Observable<Connection>(connections => {
      let count = 0
      const server: Server = createServer({ allowHalfOpen: true }, socket => {
        connections.next(socketConnection(socket, `tcp-${++count}`, handlers))
      })
      if (Number.isFinite(most)) server.maxConnections = most
      server.on('error', error => connections.error(error))
      server.listen({ port, ...(host === undefined ? {} : { host }), backlog: BACKLOG }, () => {
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
