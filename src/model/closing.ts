/** The one table of the reasons for which a server ends a connection (docs/spec.md, rules E*). */

/** Why the server ends a connection. */
type Closing = {
  readonly text: string
  /** Whether a client should reconnect by itself. */
  readonly reconnect: boolean
  readonly exit: number
  /** The close code of the WebSocket (RFC 6455, 7.4). Codes from 4000 on are rxchat's own. */
  readonly websocket: number
}

export const CLOSINGS = {
  bye: { text: 'Goodbye.', reconnect: false, exit: 0, websocket: 1000 },
  kicked: { text: 'You have been kicked out by %.', reconnect: false, exit: 5, websocket: 4000 },
  banned: { text: 'You have been banned %.', reconnect: false, exit: 4, websocket: 4013 },
  replaced: { text: 'This session continues on another connection.', reconnect: false, exit: 4, websocket: 4001 },
  refused: { text: 'The connection was refused: %', reconnect: false, exit: 4, websocket: 4002 },
  'handshake-timeout': {
    text: 'No name arrived in time. Connect again and send one.',
    reconnect: true,
    exit: 3,
    websocket: 4003,
  },
  'too-slow': {
    text: 'You read too slowly and missed messages. Connect again.',
    reconnect: true,
    exit: 3,
    websocket: 1013,
  },
  flooding: {
    text: 'You sent far more than the server accepts. Send less.',
    reconnect: false,
    exit: 4,
    websocket: 1008,
  },
  timeout: { text: 'Your client did not answer in time. Connect again.', reconnect: true, exit: 3, websocket: 4004 },
  shutdown: { text: 'The server is shutting down.', reconnect: true, exit: 3, websocket: 1001 },
  moved: {
    text: 'This server cannot serve you now. Your client goes on at another one.',
    reconnect: true,
    exit: 3,
    websocket: 4011,
  },
  'cut-off': {
    text: 'The server was cut off for too long. Connect again; what was said meanwhile may not have arrived.',
    reconnect: true,
    exit: 3,
    websocket: 4012,
  },
  unsupported: { text: '%', reconnect: false, exit: 4, websocket: 4005 },
  'tls-only': {
    text: 'This server accepts TLS only. Connect with rxchat tls://HOST:PORT, https:// in a browser, or openssl s_client.',
    reconnect: false,
    exit: 4,
    websocket: 4006,
  },
  // the PROXY header, before any protocol; the log tells the host the reason
  'proxy-refused': {
    text: 'PROXY headers are accepted only from the addresses in --trust-proxy.',
    reconnect: false,
    exit: 4,
    websocket: 4007,
  },
  'proxy-broken': {
    text: 'The PROXY header is not valid. Send version 2.',
    reconnect: false,
    exit: 4,
    websocket: 4008,
  },
  revoked: { text: 'The token was revoked. Ask the host for a new one.', reconnect: false, exit: 4, websocket: 4009 },
  'signed-out': { text: 'You were signed out.', reconnect: false, exit: 4, websocket: 4010 },
  // a WebSocket that breaks its rules
  'bad-frame': {
    text: 'The WebSocket frame is not valid (RFC 6455). Use a WebSocket library.',
    reconnect: false,
    exit: 1,
    websocket: 1002,
  },
  'binary-frame': {
    text: 'Binary frames are not accepted. Send JSON in text frames.',
    reconnect: false,
    exit: 1,
    websocket: 1003,
  },
  'frame-not-utf8': {
    text: 'The text frame is not valid UTF-8. Send it again in UTF-8.',
    reconnect: false,
    exit: 1,
    websocket: 1007,
  },
  'frame-too-long': {
    text: 'The message is longer than 65536 bytes, or has more than 1024 frames. Send it in parts.',
    reconnect: false,
    exit: 1,
    websocket: 1009,
  },
} as const satisfies Record<string, Closing>

export type CloseCode = keyof typeof CLOSINGS

/** The sentence that a person reads when the server ends the connection for `code`. */
export const closingText = (code: CloseCode, detail = ''): string => CLOSINGS[code].text.replace('%', () => detail)
