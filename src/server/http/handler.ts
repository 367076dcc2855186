/**
 * HTTP on the shared port: sniffed sockets come in here. Requests go to app.ts. The WebSocket handshake is answered
 * here, and the socket goes back to its connection (docs/architecture.md).
 */
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import {
  HTTP_HEAD_MAX_BYTES,
  HTTP_HEAD_MS,
  HTTP_IDLE_MS,
  HTTP_KEEP_ALIVE_MS,
  HTTP_LOOK_MS,
  HTTP_PIPELINED_MAX,
  HTTP_REQUEST_MS,
  HTTP_REQUESTS_MAX,
  METRICS_COST,
  UPLOAD_REQUEST_MS,
} from '../../model/limits.ts'
import type { ProtocolHandler } from '../../transport/tcp.ts'
import type { Api } from '../programs/api.ts'
import { keepAddress } from './client-address.ts'
import { shakeHands, wantsWebSocket } from './handshake.ts'
import { originsAt, readOrigin } from './origins.ts'
import type { PageFiles } from './page-files.ts'
import {
  CLIENT_ERRORS,
  isSecure,
  NO_TUNNEL,
  NOT_HTTP,
  refuse,
  sendToTls,
  slowDown,
  TLS_ONLY,
  UNAVAILABLE,
} from './refusal.ts'

export type HttpOptions = {
  readonly files: PageFiles
  /** Origins whose pages may connect, besides this server's own. */
  readonly allowOrigins: readonly string[]
  /** A function, called with the first request: the API does not exist yet when the protocol handlers are made. */
  readonly api: () => Api
  /** Plain-text requests are refused, or redirected to TLS. */
  readonly tlsOnly?: boolean
  readonly report: (error: unknown) => void
}

/** Await this before the server listens: when file descriptors run out, no module can be loaded any more. */
export const loadHttp = (): Promise<typeof import('./app.ts')> => import('./app.ts')

/** Called when a socket has become a WebSocket. */
type Upgrade = Parameters<ProtocolHandler['take']>[1]

/** Milliseconds that a peer has for each part. */
export type Patience = {
  readonly head: number
  readonly request: number
  readonly keepAlive: number
  readonly idle: number
  /** How often timeouts are checked. */
  readonly look: number
}

const PATIENCE: Patience = {
  head: HTTP_HEAD_MS,
  request: HTTP_REQUEST_MS,
  keepAlive: HTTP_KEEP_ALIVE_MS,
  idle: HTTP_IDLE_MS,
  look: HTTP_LOOK_MS,
}

/** Known facts of a connection. */
type Caller = {
  /** The client's address; a PROXY header may have given it. */
  readonly address: string
  readonly become: Upgrade
  /** Requests without an answer: a few bytes ask for a long one, and all requests of a packet are read at once. */
  unanswered: number
  latest: IncomingMessage | null
}

export class HttpHandler implements ProtocolHandler {
  readonly #options: HttpOptions
  readonly #server: Server
  readonly #patience: Patience
  readonly #callers = new WeakMap<Duplex, Caller>()
  #answering: Promise<RequestListener> | null = null

  constructor(options: HttpOptions, patience: Patience = PATIENCE) {
    this.#options = options
    this.#patience = patience
    this.#server = serverWith(patience)
      .on('request', (request, response) => this.#answer(request, response))
      .on('clientError', (error: NodeJS.ErrnoException, socket) => this.#refuse(error, socket))
      .on('timeout', destroyIfSilent)
      .on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head))
      .on('connect', (_, socket) => refuse(socket, NO_TUNNEL))
    // Without this event Node does not start the timeouts of heads and requests.
    this.#server.emit('listening')
  }

  /** Loads and builds the answerer of requests, while there are file descriptors to do so. */
  async load(): Promise<void> {
    await this.#answerer()
  }

  take(socket: Socket, become: Upgrade, address: string): void {
    this.#callers.set(socket, { address, become, unanswered: 0, latest: null })
    this.#server.emit('connection', socket)
    socket.resume()
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #answerer(): Promise<RequestListener> {
    const { files, api, report } = this.#options
    this.#answering ??= loadHttp().then(({ requestListener }) => requestListener(this.#server, files, api(), report))
    // A load that failed is tried again with the next request.
    this.#answering.catch(() => {
      this.#answering = null
    })
    return this.#answering
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request
    const { api, tlsOnly = false, report } = this.#options
    const caller = this.#callers.get(socket)
    if (!caller) return void socket.destroy()
    caller.unanswered++
    caller.latest = request
    if (hasBody(request) && !isUpload(request)) this.#hurry(request)
    response.once('close', () => caller.unanswered--)
    // An answer would have to wait behind all those that are too many already.
    if (caller.unanswered > HTTP_PIPELINED_MAX) return void socket.destroy()
    request.url = originForm(request.url)
    const cost = request.url.split('?')[0] === '/metrics' ? METRICS_COST : 1
    const address = api().originOf(caller.address, forwardedIn(request))
    if (!api().admits(address, cost)) return slowDown(request, response)
    keepAddress(request, address)
    if (tlsOnly && !isSecure(socket)) return sendToTls(request, response)
    this.#answerer().then(
      answer => answer(request, response),
      error => {
        report(error)
        response.destroy()
      },
    )
  }

  /** Node bounds all requests by the time of an upload, which is longer than others have. */
  #hurry(request: IncomingMessage): void {
    const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
    const timer = setTimeout(() => request.complete || this.#refuse(late, request.socket), this.#patience.request)
    request.once('close', () => clearTimeout(timer))
  }

  #refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
    const answer = (): void => refuse(socket, CLIENT_ERRORS.get(error.code) ?? NOT_HTTP)
    if (error.code !== 'ERR_HTTP_REQUEST_TIMEOUT') return answer()
    // If this process was stalled, the rest of the request may have come: it is read first.
    const caller = this.#callers.get(socket)
    const before = caller?.latest
    setImmediate(() => {
      const now = caller?.latest
      if (now === before && !now?.complete) answer()
    })
  }

  /** The origins of pages that the servers of this chat have served. */
  #own(): readonly string[] {
    const { api } = this.#options
    return api()
      .nodes()
      .flatMap(({ address }) => (address === null ? [] : originsAt(address)))
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { allowOrigins, tlsOnly = false } = this.#options
    const caller = this.#callers.get(socket)
    // The answers to earlier requests would come between the frames.
    if (caller?.unanswered) return void socket.destroy()
    request.url = originForm(request.url)
    if (tlsOnly && !isSecure(socket)) return refuse(socket, TLS_ONLY)
    const answer = shakeHands(request, [...allowOrigins, ...this.#own()])
    if (!caller || !('accept' in answer)) return refuse(socket, 'accept' in answer ? UNAVAILABLE : answer)
    for (const event of ['timeout', 'error'] as const) socket.removeAllListeners(event)
    request.socket.setTimeout(0)
    socket.on('error', () => {})
    socket.write(switching(answer.accept))
    const origin = readOrigin(request.headers.origin ?? '')
    caller.become({ as: 'websocket', head, forwarded: forwardedIn(request), origin })
  }
}

function serverWith(patience: Patience): Server {
  const server = createServer({
    headersTimeout: patience.head,
    requestTimeout: UPLOAD_REQUEST_MS,
    keepAliveTimeout: patience.keepAlive,
    connectionsCheckingInterval: patience.look,
    maxHeaderSize: HTTP_HEAD_MAX_BYTES,
    // A request without a Host header gets a refusal from the routes of the page.
    requireHostHeader: false,
    // Other upgrades, such as curl's to HTTP/2, are offers that a server may ignore.
    shouldUpgradeCallback: wantsWebSocket,
  })
  server.timeout = patience.idle
  server.maxRequestsPerSocket = HTTP_REQUESTS_MAX
  return server
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

const isUpload = ({ method, url = '' }: IncomingMessage): boolean =>
  /^(POST \/files|(POST|PUT) \/api\/rooms\/[^/?]+\/files(\/[^/?]*)?)(\?|$)/.test(`${method} ${url}`)

/** If this process was stalled, bytes that have come by now are read first. */
function destroyIfSilent(socket: Socket): void {
  const { bytesRead } = socket
  setImmediate(() => {
    if (socket.bytesRead === bytesRead) socket.destroy()
  })
}

/** The path of a request. A server has to accept it with its own address before it, too (RFC 9112, 3.2.2). */
const originForm = (url = ''): string => url.replace(/^https?:\/\/[^/?#]*\/?/i, '/')

const forwardedIn = ({ headers }: IncomingMessage): string | null =>
  [headers['x-forwarded-for'] ?? []].flat().join(',') || null

const switching = (accept: string): string =>
  [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    '\r\n',
  ].join('\r\n')
