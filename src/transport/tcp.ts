/** TCP: sockets as connections. Half-open ones stay writable, so that `printf … | nc -N` gets its answer. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Observable } from 'rxjs'
import { KEEPALIVE_MS, LINGER_MS } from '../model/limits.ts'
import type { Connection, Signal, Transport } from '../port/transport.ts'
import { type Messages, readMessages } from './websocket.ts'

const NOTHING = Buffer.alloc(0)

/** Serves a protocol that is no codec, on sockets that have been sniffed. */
export type Door = {
  /** The socket is paused. If it becomes a WebSocket, `upgraded` gets what came behind the handshake. */
  readonly take: (socket: Socket, upgraded: (head: Uint8Array) => void) => void
  readonly close: () => void
}

/** By protocol. */
export type Doors = ReadonlyMap<string, Door>

/** A connected socket as the port has it. The socket must allow half-open and be paused or not flowing yet. */
export function socketConnection(socket: Socket, id: string, doors: Doors = new Map()): Connection {
  let lingering: NodeJS.Timeout | undefined
  let tell = (_: Signal): void => {}
  let messages: Messages | null = null
  const hear = (bytes: Uint8Array): void => tell({ type: 'bytes', bytes })
  const hang = (): void => tell({ type: 'end' })
  return {
    id,
    address: plain(socket.remoteAddress ?? ''),
    get outstanding() {
      return socket.writableLength
    },
    signals$: new Observable(signals => {
      tell = what => signals.next(what)
      socket.setNoDelay(true)
      socket.setKeepAlive(true, KEEPALIVE_MS)
      socket.on('data', hear)
      socket.on('end', hang)
      // Every error is followed by 'close', which says all that matters here: the connection is gone.
      socket.on('error', () => {})
      socket.on('close', () => {
        signals.next({ type: 'closed' })
        signals.complete()
      })
      return () => socket.destroy()
    }),
    write(bytes) {
      if (socket.destroyed) return false
      socket.write(bytes)
      if (socket.writableLength === 0) return true
      // An empty write is done when all before it are.
      socket.write(NOTHING, () => tell({ type: 'writable' }))
      return false
    },
    handOn(protocol, bytes) {
      const door = doors.get(protocol)
      if (!door || socket.readableEnded) return false
      socket.off('data', hear).off('end', hang)
      socket.pause()
      socket.unshift(bytes)
      door.take(socket, head => {
        tell({ type: 'upgraded' })
        messages = readMessages(socket, tell)
        if (head.length > 0) messages.hear(head)
      })
      return true
    },
    end(why) {
      messages?.close(why)
      socket.end()
      lingering ??= setTimeout(() => socket.destroy(), LINGER_MS).unref()
      socket.once('close', () => clearTimeout(lingering))
    },
    destroy() {
      socket.destroy()
    },
  }
}

/** IPv4 as such, also where a dual-stack socket wraps it. */
const plain = (address: string): string => address.replace(/^::ffff:/, '')

export type Listening = { readonly port: number; readonly host: string }

/** Listens while somebody subscribes. `listening` is told the port, which differs from the one asked for if that is 0. */
export function tcpTransport(
  host: string | undefined,
  port: number,
  listening: (at: Listening) => void,
  doors: Doors = new Map(),
): Transport {
  return {
    connections$: new Observable<Connection>(connections => {
      let count = 0
      const server: Server = createServer({ allowHalfOpen: true }, socket => {
        connections.next(socketConnection(socket, `tcp-${++count}`, doors))
      })
      server.on('error', error => connections.error(error))
      server.listen({ port, ...(host === undefined ? {} : { host }), backlog: BACKLOG }, () => {
        const address = server.address() as AddressInfo
        listening({ port: address.port, host: address.address })
      })
      return () => {
        server.close()
        for (const door of doors.values()) door.close()
      }
    }),
  }
}

/** Connections that the system may hold for us; a storm of reconnects after a restart must fit. */
const BACKLOG = 4096
