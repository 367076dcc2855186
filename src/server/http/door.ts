/**
 * HTTP on the port of all others: the door through which sniffed sockets come in. Requests are for app.ts; a WebSocket's
 * handshake is answered here, and the socket goes back to the connection that it was (docs/architecture.md).
 */
import { createServer, type IncomingMessage, type RequestListener, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import {
  HTTP_HEAD_MAX_BYTES,
  HTTP_HEAD_MS,
  HTTP_IDLE_MS,
  HTTP_KEEP_ALIVE_MS,
  HTTP_LOOK_MS,
  HTTP_REQUEST_MS,
  HTTP_REQUESTS_MAX,
} from '../../model/limits.ts'
import type { Door } from '../../transport/tcp.ts'
import { shakeHands, wantsWebSocket } from './handshake.ts'
import type { PageFiles } from './page-files.ts'

export type HttpOptions = {
  readonly files: PageFiles
  /** Origins whose pages may connect, beside this server's own. */
  readonly allowOrigins: readonly string[]
  readonly report: (error: unknown) => void
}

/** What is called for a socket that has become a WebSocket. */
type Upgraded = (head: Uint8Array) => void

export function httpDoor({ files, allowOrigins, report }: HttpOptions): Door {
  const waiting = new WeakMap<Duplex, Upgraded>()
  let answering: Promise<RequestListener> | null = null
  const server = createServer({
    headersTimeout: HTTP_HEAD_MS,
    requestTimeout: HTTP_REQUEST_MS,
    keepAliveTimeout: HTTP_KEEP_ALIVE_MS,
    connectionsCheckingInterval: HTTP_LOOK_MS,
    maxHeaderSize: HTTP_HEAD_MAX_BYTES,
    // Whoever sends none is told so, in the page's own words.
    requireHostHeader: false,
    // Other upgrades, as of curl to HTTP/2, are offers that may be passed over.
    shouldUpgradeCallback: wantsWebSocket,
  })
  server.timeout = HTTP_IDLE_MS
  server.maxRequestsPerSocket = HTTP_REQUESTS_MAX
  server.on('request', (request, response) => {
    // With the first request: to load it is half of a server's start, and who comes by WebSocket needs none of it.
    answering ??= import('./app.ts').then(({ requestListener }) => requestListener(server, files, report))
    answering.then(
      answer => answer(request, response),
      error => {
        report(error)
        response.destroy()
      },
    )
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuse(socket, CLIENT_ERRORS.get(error.code) ?? NOT_HTTP)
  })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const upgraded = waiting.get(socket)
    const answer = shakeHands(request, allowOrigins)
    if (!upgraded || !('accept' in answer)) return refuse(socket, 'accept' in answer ? UNAVAILABLE : answer)
    for (const event of ['timeout', 'error'] as const) socket.removeAllListeners(event)
    request.socket.setTimeout(0)
    socket.on('error', () => {})
    socket.write(switching(answer.accept))
    upgraded(head)
  })
  // Without it the timeouts of heads and requests do not run.
  server.emit('listening')
  return {
    take(socket, upgraded) {
      waiting.set(socket, upgraded)
      server.emit('connection', socket)
      socket.resume()
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

type Refusal = {
  readonly status: number
  readonly sentence: string
  readonly headers?: Readonly<Record<string, string>>
}

const NOT_HTTP: Refusal = { status: 400, sentence: 'That was not HTTP as it has to be.' }
const UNAVAILABLE: Refusal = { status: 503, sentence: 'There is no WebSocket on this connection.' }
const CLIENT_ERRORS: ReadonlyMap<string | undefined, Refusal> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, sentence: 'The request did not come in time.' }],
  ['HPE_HEADER_OVERFLOW', { status: 431, sentence: `The head of a request has at most ${HTTP_HEAD_MAX_BYTES} bytes.` }],
])

/** Answers what no framework hears of, and ends the connection. */
function refuse(socket: Duplex, { status, sentence, headers = {} }: Refusal): void {
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

const switching = (accept: string): string =>
  [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    '\r\n',
  ].join('\r\n')
