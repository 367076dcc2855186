/** TCP: sockets as connections. Half-open ones stay writable, so that `printf … | nc -N` gets its answer. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Observable, type Subscriber } from 'rxjs'
import { KEEPALIVE_MS, LINGER_MS } from '../model/limits.ts'
import type { Connection, Signal, Transport } from '../port/transport.ts'

const NOTHING = Buffer.alloc(0)

/** A connected socket as the port has it. The socket must allow half-open and be paused or not flowing yet. */
export function socketConnection(socket: Socket, id: string): Connection {
  let lingering: NodeJS.Timeout | undefined
  let signal = (_: Signal): void => {}
  return {
    id,
    address: plain(socket.remoteAddress ?? ''),
    get outstanding() {
      return socket.writableLength
    },
    signals$: new Observable(signals => {
      signal = what => signals.next(what)
      return listen(socket, signals)
    }),
    write(bytes) {
      if (socket.destroyed) return false
      socket.write(bytes)
      if (socket.writableLength === 0) return true
      // An empty write is done when all before it are.
      socket.write(NOTHING, () => signal({ type: 'writable' }))
      return false
    },
    end() {
      socket.end()
      lingering ??= setTimeout(() => socket.destroy(), LINGER_MS).unref()
      socket.once('close', () => clearTimeout(lingering))
    },
    destroy() {
      socket.destroy()
    },
  }
}

function listen(socket: Socket, signals: Subscriber<Signal>): () => void {
  socket.setNoDelay(true)
  socket.setKeepAlive(true, KEEPALIVE_MS)
  socket.on('data', (bytes: Uint8Array) => signals.next({ type: 'bytes', bytes }))
  socket.on('end', () => signals.next({ type: 'end' }))
  // Every error is followed by 'close', which says all that matters here: the connection is gone.
  socket.on('error', () => {})
  socket.on('close', () => {
    signals.next({ type: 'closed' })
    signals.complete()
  })
  return () => socket.destroy()
}

/** IPv4 as such, also where a dual-stack socket wraps it. */
const plain = (address: string): string => address.replace(/^::ffff:/, '')

export type Listening = { readonly port: number; readonly host: string }

/** Listens while somebody subscribes. `listening` is told the port, which differs from the one asked for if that is 0. */
export function tcpTransport(host: string | undefined, port: number, listening: (at: Listening) => void): Transport {
  return {
    connections$: new Observable<Connection>(connections => {
      let count = 0
      const server: Server = createServer({ allowHalfOpen: true }, socket => {
        connections.next(socketConnection(socket, `tcp-${++count}`))
      })
      server.on('error', error => connections.error(error))
      server.listen({ port, ...(host === undefined ? {} : { host }), backlog: BACKLOG }, () => {
        const address = server.address() as AddressInfo
        listening({ port: address.port, host: address.address })
      })
      return () => server.close()
    }),
  }
}

/** Connections that the system may hold for us; a storm of reconnects after a restart must fit. */
const BACKLOG = 4096
