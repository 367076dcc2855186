/** The refusal of a protocol that is not served, or not to this peer, in that protocol. */
import type { SniffedProtocol } from '../../transport/sniff.ts'

export const NOT_SERVED =
  'This is rxchat. Join with `rxchat HOST:PORT`, or with `nc HOST PORT` and a name as the first line.'

const http = (sentence: string): string => {
  const body = `${sentence}\n`
  return [
    'HTTP/1.1 501 Not Implemented',
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n')
}

/** A fatal alert, handshake_failure (RFC 8446, 6.2): TLS has no text for it. */
const ALERT = Buffer.of(0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x28)

/** Empty if the protocol has no text before a handshake. */
export function refusalIn(spoken: SniffedProtocol, sentence: string): Uint8Array {
  switch (spoken) {
    case 'http':
      return Buffer.from(http(sentence))
    case 'irc':
      return Buffer.from(`ERROR :${sentence}\r\n`)
    case 'tls':
      return ALERT
    default:
      return Buffer.alloc(0)
  }
}
