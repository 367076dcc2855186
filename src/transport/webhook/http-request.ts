/**
 * One HTTP request, over TCP or TLS. Over TLS nothing, not even a token, is sent before the judge accepts the server.
 */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { CONNECT_MS, type Handshake, tcpHandshake, tcpSocket } from '../dial-tcp.ts'

export type HttpRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** A stream is sent as it comes. */
  readonly body?: string | Uint8Array | Readable
}

/** `refused`: not the expected server; it was sent nothing. `lost`: unknown whether the request was carried out. */
export type Answered =
  | { readonly type: 'answer'; readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Readable }
  | { readonly type: 'lost' | 'refused'; readonly reason: string }

/** Calls back with a socket to write to, or with the reason why there is none. Returns a function that gives up. */
export type Reach = (
  opened: (socket: Socket) => void,
  failed: (type: 'lost' | 'refused', reason: string) => void,
) => () => void

export const reachTcp =
  (host: string, port: number): Reach =>
  (opened, failed) =>
    reaching(tcpSocket(host, port), tcpHandshake(host, port), opened, failed)

/** Reaches a server over a new socket. */
export function reaching(
  socket: Socket,
  { ready, refusal, why }: Handshake,
  ...[opened, failed]: Parameters<Reach>
): () => void {
  const timer = setTimeout(() => socket.destroy(new Error('timeout')), CONNECT_MS)
  const onError = (error: Error): void => failed('lost', why(error))
  socket.once('error', onError)
  socket.once('close', () => clearTimeout(timer))
  socket.once(ready, () => {
    clearTimeout(timer)
    const reason = refusal()
    if (reason === null) {
      socket.off('error', onError)
      return opened(socket)
    }
    failed('refused', reason)
    socket.destroy()
  })
  return () => void socket.destroy()
}

/** Returns a function that gives up. Calls `answered` once, unless the caller gave up. */
export function request(
  reach: Reach,
  host: string,
  asked: HttpRequest,
  answered: (answer: Answered) => void,
): () => void {
  let over = false
  const settle = (answer: Answered): void => {
    if (over) return
    over = true
    answered(answer)
  }
  let giveUp = reach(
    socket => {
      if (over) return void socket.destroy()
      const { method, path, headers, body } = asked
      const sent = httpRequest({ method, path, headers: { Host: host, ...headers }, createConnection: () => socket })
      sent.on('response', response => {
        // The reader of the body notices when it breaks off.
        response.on('error', () => {})
        settle({ type: 'answer', status: response.statusCode ?? 0, headers: response.headers, body: response })
      })
      sent.on('error', error => settle({ type: 'lost', reason: `the connection was lost (${error.message})` }))
      sent.on('close', () => settle({ type: 'lost', reason: 'the connection was lost' }))
      if (body instanceof Readable) body.pipe(sent)
      else sent.end(body)
      giveUp = () => void socket.destroy()
    },
    (type, reason) => settle({ type, reason }),
  )
  return () => {
    over = true
    giveUp()
  }
}
