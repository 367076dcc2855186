/**
 * Answers to requests that never reach Fastify: those that are not HTTP, other upgrades, and plain-text requests under
 * `tlsOnly`.
 */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { closingText } from '../../model/closing.ts'
import { ERRORS, errorText } from '../../model/error.ts'
import { HTTP_HEAD_MAX_BYTES } from '../../model/limits.ts'
import { hostOf } from './origins.ts'

export type HttpRefusal = {
  readonly status: number
  readonly sentence: string
  readonly headers?: Readonly<Record<string, string>>
}

export const NOT_HTTP: HttpRefusal = { status: 400, sentence: 'The request is not valid HTTP.' }
export const NO_TUNNEL: HttpRefusal = {
  status: 405,
  sentence: 'CONNECT does nothing here. Use GET.',
  headers: { Allow: 'GET, HEAD' },
}
export const UNAVAILABLE: HttpRefusal = { status: 503, sentence: 'There is no WebSocket on this connection.' }
export const CLIENT_ERRORS: ReadonlyMap<string | undefined, HttpRefusal> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, sentence: 'The request did not arrive in time.' }],
  [
    'HPE_HEADER_OVERFLOW',
    { status: 431, sentence: `The request line and headers are longer than ${HTTP_HEAD_MAX_BYTES} bytes.` },
  ],
])

/** RFC 2817, 4.2: the header names the protocol to use instead. */
export const TLS_ONLY: HttpRefusal = { status: 426, sentence: closingText('tls-only'), headers: { Upgrade: 'TLS/1.2' } }

export const isSecure = (socket: Duplex): boolean => socket instanceof TLSSocket

/** A GET or HEAD request is redirected. Any other has sent its data in plain text already, and gets an error. */
export function sendToTls(request: IncomingMessage, response: ServerResponse): void {
  const host = hostOf(request)
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const { status, sentence, headers } =
    reads && host !== null
      ? { status: 308, sentence: TLS_ONLY.sentence, headers: { Location: `https://${host}${request.url}` } }
      : TLS_ONLY
  response.writeHead(status, {
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  })
  response.end(`${sentence}\n`)
}

/** Too much comes from one address. The connection ends, so a flood has to connect anew each time. */
export function slowDown(request: IncomingMessage, response: ServerResponse): void {
  const code = 'address-too-fast'
  const isProgram = request.url?.startsWith('/api/') === true
  const message = errorText(code)
  response.writeHead(429, {
    'Retry-After': '1',
    'Content-Type': isProgram ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  })
  response.end(isProgram ? JSON.stringify({ code, message, retry: ERRORS[code].retry }) : `${message}\n`)
}

/** Answers a socket that Fastify does not get, and ends the connection. */
export function refuse(socket: Duplex, { status, sentence, headers = {} }: HttpRefusal): void {
  if (!socket.writable) return void socket.destroy()
  const body = `${sentence}\n`
  const head = {
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': `${Buffer.byteLength(body)}`,
    Connection: 'close',
  }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.once('finish', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
}
