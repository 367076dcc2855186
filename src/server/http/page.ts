/** Serves the page to browsers, and a text that says how to join to every other client. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { UPGRADE, WEBSOCKET_PATH } from './handshake.ts'
import { hostOf } from './origins.ts'
import type { PageFile, PageFiles } from './page-files.ts'

const DAY_S = 86_400

/** Only scripts of this server run in the page, and no other page may frame it. */
/** `host` null: the request names none. `elsewhere`: the other servers of the chat. */
const policy = (host: string | null, elsewhere: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    // In some browsers 'self' does not include a WebSocket of the same host.
    ['connect-src', "'self'", ...[...(host === null ? [] : [host]), ...elsewhere].map(sockets)].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

const sockets = (host: string): string => `ws://${host} wss://${host}`

const GUARDS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const

/** `elsewhere` gives the other servers of the chat, `HOST:PORT`: the page may go on there. */
export function servePage(app: FastifyInstance, files: PageFiles, elsewhere: () => readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(GUARDS)
    const host = hostOf(request.raw)
    // HTTP/1.0 needs no Host header (RFC 9112, 3.2), and some health checks speak it.
    const namesNone = request.raw.httpVersion === '1.0' && request.raw.headersDistinct['host'] === undefined
    if (host === null && !namesNone)
      return say(reply.header('Connection', 'close'), 400, 'The Host header is not a valid host.')
    reply.header('Content-Security-Policy', policy(host, elsewhere()))
  })
  app.get(WEBSOCKET_PATH, async (_, reply) => say(reply.headers(UPGRADE), 426, 'This path accepts only WebSockets.'))
  app.get('/*', async (request, reply) => {
    const [path = ''] = request.url.split('?')
    if (path === '/' && !acceptsHtml(request)) return say(reply, 200, howToJoin(request))
    const file = files.get(path)
    if (file) return send(request, reply, file)
    if (path !== '/') return say(reply, 404, 'There is nothing here. The chat is at /.')
    return say(reply, 200, `The page is not built: run \`npm run build\` and start again.\n\n${howToJoin(request)}`)
  })
  app.setNotFoundHandler((request, reply) => {
    if (request.method === 'GET' || request.method === 'HEAD') return say(reply, 404, 'There is nothing here.')
    return say(reply.header('Allow', 'GET, HEAD'), 405, `${request.method} does nothing here. Use GET.`)
  })
}

export const say = (reply: FastifyReply, status: number, sentence: string): FastifyReply =>
  reply
    .code(status)
    .headers({ ...GUARDS, 'Cache-Control': 'no-cache', Vary: 'Accept' })
    .type('text/plain; charset=utf-8')
    .send(`${sentence}\n`)

function send(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  const { br, gzip, plain } = file
  const offered = request.headers['accept-encoding'] ?? ''
  const [body, encoding] =
    br && accepts(offered, 'br')
      ? ([br, 'br'] as const)
      : gzip && accepts(offered, 'gzip')
        ? ([gzip, 'gzip'] as const)
        : ([plain, null] as const)
  const etag = `"${file.etag}${encoding ? `-${encoding}` : ''}"`
  reply.headers({
    ETag: etag,
    'Cache-Control': file.hashed ? `public, max-age=${365 * DAY_S}, immutable` : 'no-cache',
    Vary: 'Accept, Accept-Encoding',
  })
  if (knows(request.headers['if-none-match'], etag)) return reply.code(304).send()
  if (encoding) reply.header('Content-Encoding', encoding)
  return reply.type(file.type).send(body)
}

const acceptsHtml = ({ headers }: FastifyRequest): boolean => /\btext\/html\b/i.test(headers.accept ?? '')

/** Whether a list such as `gzip, br;q=0.5` names the encoding, and does not forbid it. */
const accepts = (offered: string, encoding: string): boolean =>
  offered.split(',').some(one => {
    const [name = '', ...parameters] = one.split(';').map(part => part.trim().toLowerCase())
    return name === encoding && !parameters.some(parameter => /^q=0(\.0*)?$/.test(parameter))
  })

const knows = (condition: string | undefined, etag: string): boolean =>
  condition?.split(',').some(one => one.trim().replace(/^W\//, '') === etag) ?? false

function howToJoin({ host: named, protocol }: FastifyRequest): string {
  const host = named || 'HOST:3001'
  const secure = protocol === 'https'
  const [, name = host, port = secure ? '443' : '80'] = /^(.*?)(?::(\d+))?$/.exec(host) ?? []
  return [
    'This is rxchat, a chat room. Join it',
    `  in a browser     ${protocol}://${host}/`,
    `  in a terminal    rxchat ${secure ? 'tls://' : ''}${name}:${port}`,
    secure
      ? `  with openssl     openssl s_client -quiet -connect ${name}:${port}   and your name as the first line`
      : `  with netcat      nc ${name.replaceAll(/[[\]]/g, '')} ${port}   and your name as the first line`,
  ].join('\n')
}
