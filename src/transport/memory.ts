/**
 * Connections in memory: the same port as TCP, without a socket. Bytes pass through a network that the caller gives,
 * which may deliver them late, in pieces, or not at all; by default it delivers them whole at the end of the turn.
 */
import { Observable, Subject, type Subscriber } from 'rxjs'
import type { Connection, Signal, Transport } from '../port/transport.ts'

/** The far end of a connection: what a client holds. */
export type Peer = {
  /** What the server wrote, write by write; completes when the connection is gone. */
  readonly received$: Observable<Uint8Array>
  readonly send: (bytes: Uint8Array) => void
  /** What is sent from here on is inside of TLS, as if hands had been shaken. */
  readonly secure: () => void
  /** Says that no more will be sent, and goes on reading. */
  readonly end: () => void
  /** Is gone without a word. */
  readonly vanish: () => void
  /** Stops taking bytes, as a process under SIGSTOP does: what the server writes stays outstanding. */
  readonly stall: () => void
  readonly resume: () => void
}

/** When what one side did reaches the other: calls `arrive`, now or later. Order must be kept per direction. */
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

/** The first byte of it. */
const HANDSHAKE = Uint8Array.of(0x16)

/** Both ends of one connection. */
export function memoryPair(id: string, address: string, network: Network): { connection: Connection; peer: Peer } {
  const received = new Subject<Uint8Array>()
  let signals: Subscriber<Signal> | null = null
  let stalled = false
  let outstanding: Uint8Array[] = []
  let open = true
  let secure = false

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
      // A copy: what is on the wire does not change when a buffer is used again.
      const sent = Uint8Array.from(bytes)
      if (!open) return false
      if (stalled) outstanding.push(sent)
      else network(() => received.next(sent))
      return !stalled
    },
    handOn: protocol => protocol === 'tls' && secure,
    end: () => close(),
    destroy: close,
  }

  const peer: Peer = {
    received$: received.asObservable(),
    send: bytes => tell({ type: 'bytes', bytes }),
    secure() {
      secure = true
      tell({ type: 'bytes', bytes: HANDSHAKE })
      tell({ type: 'secured' })
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
