/**
 * Connections in memory: the same port as TCP, without sockets. Bytes pass through a network that the caller provides.
 * It may deliver them late, in pieces, or not at all.
 */
import { Observable, Subject, type Subscriber } from 'rxjs'
import type { Connection, Signal, Transport } from '../../src/port/transport.ts'

/** The client's end of a connection. */
export type Peer = {
  /** The server's writes, one by one. Completes when the connection is gone. */
  readonly received$: Observable<Uint8Array>
  readonly send: (bytes: Uint8Array) => void
  /** From here on, the bytes are those inside of TLS, as if a handshake was done. */
  readonly secure: () => void
  /** From here on, the server's writes are WebSocket frames, for a page of this origin; the client sends lines. */
  readonly upgrade: (origin: string | null) => void
  /** Half-closes: sends no more, but goes on reading. */
  readonly end: () => void
  /** Disappears without a signal of its end. */
  readonly vanish: () => void
  /** Stops taking bytes, like a process under SIGSTOP. The server's writes stay outstanding. */
  readonly stall: () => void
  readonly resume: () => void
}

/**
 * Decides when something reaches the other side: calls `arrive`, now or later. Must keep the order in each direction.
 */
export type Network = (arrive: () => void) => void

export type MemoryTransport = Transport & {
  readonly connect: (address?: string) => Peer
}

export function memoryTransport(network: Network): MemoryTransport {
  const connections = new Subject<Connection>()
  let count = 0
  return {
    connections$: connections.asObservable(),
    connect(address = '192.0.2.1') {
      const { connection, peer } = memoryPair(`memory-${++count}`, address, network)
      connections.next(connection)
      return peer
    },
  }
}

/** The hash of the certificate that a secure connection has, in hex. */
export const CERTIFICATE = 'c0'.repeat(32)

/** The first byte of a TLS handshake. */
const HANDSHAKE = Uint8Array.of(0x16)

/** The head of an HTTP request. */
const REQUEST = Buffer.from('GET /ws HTTP/1.1\r\n\r\n')

/** Both ends of one connection. */
export function memoryPair(id: string, address: string, network: Network): { connection: Connection; peer: Peer } {
  const received = new Subject<Uint8Array>()
  let signals: Subscriber<Signal> | null = null
  let stalled = false
  let outstanding: Uint8Array[] = []
  let open = true
  let secure = false
  let upgraded = false

  const tell = (signal: Signal): void => network(() => signals?.next(signal))
  const close = (): void => {
    if (!open) return
    open = false
    network(() => {
      signals?.next({ type: 'closed' })
      signals?.complete()
      received.complete()
    })
  }

  const connection: Connection = {
    id,
    address,
    signals$: new Observable(subscriber => {
      signals = subscriber
      return close
    }),
    get outstanding() {
      return outstanding.reduce((sum, bytes) => sum + bytes.length, 0)
    },
    write(bytes) {
      // A copy, because a buffer may be reused while its bytes are on the wire.
      const sent = Uint8Array.from(bytes)
      if (!open) return false
      if (stalled) outstanding.push(sent)
      else network(() => received.next(sent))
      return !stalled
    },
    handOn: protocol => (protocol === 'tls' && secure) || (protocol === 'http' && upgraded),
    end: () => close(),
    destroy: close,
  }

  const peer: Peer = {
    received$: received.asObservable(),
    send: bytes => tell({ type: 'bytes', bytes }),
    secure() {
      secure = true
      tell({ type: 'bytes', bytes: HANDSHAKE })
      tell({ type: 'secured', certificate: CERTIFICATE })
    },
    upgrade(origin) {
      upgraded = true
      tell({ type: 'bytes', bytes: REQUEST })
      tell({ type: 'upgraded', forwarded: null, origin })
    },
    end: () => tell({ type: 'end' }),
    vanish: close,
    stall() {
      stalled = true
    },
    resume() {
      stalled = false
      const held = outstanding
      outstanding = []
      network(() => {
        for (const bytes of held) received.next(bytes)
        if (held.length > 0) signals?.next({ type: 'writable' })
      })
    },
  }
  return { connection, peer }
}
