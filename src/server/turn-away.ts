/** What a peer is told, in its own protocol, when it speaks one that is not served here. */
import type { Spoken } from '../transport/sniff.ts'

const SENTENCE = 'This is rxchat. Join with `rxchat HOST:PORT`, or with `nc HOST PORT` and a name as the first line.'

const http = (): string => {
  const body = `${SENTENCE}\n`
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

/** Empty where the protocol has no words before a handshake. */
export function turnAway(spoken: Spoken): Uint8Array {
  switch (spoken) {
    case 'http':
      return Buffer.from(http())
    case 'irc':
      return Buffer.from(`ERROR :${SENTENCE}\r\n`)
    default:
      return Buffer.alloc(0)
  }
}
