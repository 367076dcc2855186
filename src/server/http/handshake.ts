/** The server's side of a WebSocket's opening handshake (RFC 6455, 4.2): a pure function of the request. */
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { hostOf, mayConnect } from './origins.ts'

/** The path of the WebSocket. */
export const WEBSOCKET_PATH = '/ws'

/** The answer: the accept key, or a status with the reason. */
export type HandshakeAnswer =
  | { readonly accept: string }
  | { readonly status: number; readonly sentence: string; readonly headers?: Readonly<Record<string, string>> }

const KEY = /^[+/0-9a-z]{22}==$/i
/** RFC 6455, 1.3. */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

export const wantsWebSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.trim().toLowerCase() === 'websocket'

export function shakeHands(request: IncomingMessage, allowed: readonly string[]): HandshakeAnswer {
  const { method, headers, url = '' } = request
  const [path] = url.split('?')
  if (path !== WEBSOCKET_PATH) return { status: 404, sentence: `The WebSocket is at ${WEBSOCKET_PATH}.` }
  if (method !== 'GET') return { status: 405, sentence: 'A WebSocket needs the method GET.', headers: { Allow: 'GET' } }
  if (!wantsWebSocket(request)) return { status: 426, sentence: 'This path accepts only WebSockets.', headers: UPGRADE }
  if (headers['sec-websocket-version'] !== '13') {
    return { status: 426, sentence: 'This server speaks version 13 of the WebSocket protocol.', headers: UPGRADE }
  }
  const key = headers['sec-websocket-key']
  if (key === undefined || !KEY.test(key)) {
    return { status: 400, sentence: 'Sec-WebSocket-Key must be 16 bytes in base64.' }
  }
  const host = hostOf(request)
  if (host === null) return { status: 400, sentence: 'The Host header is not a valid host.' }
  const { origin } = headers
  if (!mayConnect(origin, host, allowed)) {
    return {
      status: 403,
      sentence: `Pages of ${readable(origin)} may not connect here. The host allows it with --allow-origin.`,
    }
  }
  return { accept: createHash('sha1').update(`${key}${MAGIC}`).digest('base64') }
}

/** The headers that tell a client which upgrade to ask for. */
export const UPGRADE = { Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' } as const

/** A peer's text, made harmless and short. */
const readable = (text = ''): string => text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 100)
