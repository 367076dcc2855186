/** Dials over TCP. The reason of a failure is a sentence that says what to do about it. */
import { connect } from 'node:net'
import { Observable } from 'rxjs'
import { KEEPALIVE_MS } from '../model/limits.ts'
import type { Dialer, Dialled } from '../port/dialer.ts'

/** Milliseconds in which a server must accept. */
export const CONNECT_MS = 10_000

export const tcpDialer =
  (host: string, port: number): Dialer =>
  () => {
    const socket = connect({ host, port, autoSelectFamily: true })
    return {
      signals$: new Observable<Dialled>(signals => {
        const timer = setTimeout(() => setImmediate(giveUp), CONNECT_MS)
        const giveUp = (): void => {
          // While this process stood still, the server may have answered.
          if (!opened) socket.destroy(new Error('timeout'))
        }
        let opened = false
        socket.setNoDelay(true)
        socket.setKeepAlive(true, KEEPALIVE_MS)
        socket.on('connect', () => {
          clearTimeout(timer)
          opened = true
          signals.next({ type: 'opened' })
        })
        socket.on('data', (bytes: Uint8Array) => signals.next({ type: 'bytes', bytes }))
        socket.on('error', (error: NodeJS.ErrnoException) => {
          if (!opened) signals.next({ type: 'failed', reason: sentence(error, host, port) })
        })
        socket.on('close', () => {
          clearTimeout(timer)
          if (opened) signals.next({ type: 'closed' })
          signals.complete()
        })
        return () => {
          clearTimeout(timer)
          socket.destroy()
        }
      }),
      write: text => void socket.write(text),
      destroy: () => void socket.destroy(),
    }
  }

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
      return `there is no way to ${host}. Check the network.`
    default:
      return `${host}:${port} did not answer (${message || code}).`
  }
}
