/** Dials over TCP. The reason of a failure is a sentence with the remedy. */
import { connect, type Socket } from 'node:net'
import { Observable } from 'rxjs'
import { KEEPALIVE_MS } from '../model/limits.ts'
import type { Dialer, Dialled, Dialling } from '../port/dialer.ts'
import { roaming } from './roaming.ts'

/** Milliseconds in which a server must accept. */
export const CONNECT_MS = 10_000

export const tcpDialer = (host: string, port: number): Dialer =>
  roaming(host, port, (at, on) => dialling(tcpSocket(at, on), tcpHandshake(at, on)))

export const tcpSocket = (host: string, port: number): Socket => connect({ host, port, autoSelectFamily: true })

/** Over TCP alone, every server is accepted. */
export const tcpHandshake = (host: string, port: number): Handshake => ({
  ready: 'connect',
  refusal: () => null,
  why: error => sentence(error, host, port),
})

export type Handshake = {
  /** The event of the socket after which it can be used. */
  readonly ready: 'connect' | 'secureConnect'
  /** Why the server isn't accepted; null: it is. */
  readonly refusal: () => string | null
  readonly why: (error: NodeJS.ErrnoException) => string
}

/** A new socket as a dialler gives it. Nothing is sent or received before the server is accepted. */
export const dialling = (socket: Socket, { ready, refusal, why }: Handshake): Dialling => ({
  signals$: new Observable<Dialled>(signals => {
    const timer = setTimeout(() => setImmediate(giveUp), CONNECT_MS)
    const giveUp = (): void => {
      // While this process stood still, the server may have answered.
      if (state === 'dialling') socket.destroy(new Error('timeout'))
    }
    let state: 'dialling' | 'open' | 'refused' = 'dialling'
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEPALIVE_MS)
    socket.on(ready, () => {
      clearTimeout(timer)
      const reason = refusal()
      state = reason === null ? 'open' : 'refused'
      signals.next(reason === null ? { type: 'opened' } : { type: 'refused', reason })
      if (reason !== null) socket.destroy()
    })
    socket.on('data', (bytes: Uint8Array) => {
      if (state === 'open') signals.next({ type: 'bytes', bytes })
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (state === 'dialling') signals.next({ type: 'failed', reason: why(error) })
    })
    socket.on('close', () => {
      clearTimeout(timer)
      if (state === 'open') signals.next({ type: 'closed' })
      signals.complete()
    })
    return () => {
      clearTimeout(timer)
      socket.destroy()
    }
  }),
  write: text => void socket.write(text),
  destroy: () => void socket.destroy(),
})

/** Why there is no connection, for people. */
export function sentence({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${host}:${port}. Is the server running, and is this its port?`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `there is no host called ${host}. Check the spelling.`
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `there is no route to ${host}. Check the network.`
    default:
      return `${host}:${port} did not answer (${message || code}).`
  }
}
