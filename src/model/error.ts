/**
 * The one table of refusals. Inside the program an error is its code. Its sentence, its exit code and its advice to
 * retry or to reconnect are all read from here (docs/spec.md, rules E*).
 */

/** The text of a refusal, and what it means for a program that gets it. */
type ErrorEntry = {
  /** One sentence with the remedy. `%` stands for the detail, which the event carries. */
  readonly text: string
  /** Whether the same request may succeed later, unchanged. */
  readonly retry: boolean
  /** The exit code of `rxchat` when this is the answer to its hello. */
  readonly exit: number
}

const refusal = (text: string, retry = false, exit = 6): ErrorEntry => ({ text, retry, exit })

export const ERRORS = {
  // entering
  'name-taken': refusal('The name is taken by %. Choose another name.', true, 4),
  'name-empty': refusal('A name is needed. Give one of 1 to 32 characters.', false, 4),
  'name-too-long': refusal('The name is too long (%). Choose one of at most 32 characters.', false, 4),
  'name-characters': refusal(
    'The name contains %. Use letters and digits of any script, and - _ . [ ] { } | ^ \\ or a backtick.',
    false,
    4,
  ),
  'name-reserved': refusal('The name % is reserved for the server. Choose another name.', false, 4),
  'name-brace': refusal('A name that begins with { needs a native client. Choose another name here.', false, 4),
  'not-entered': refusal('You are not in the chat yet. Send a name first.', false, 4),
  'already-entered': refusal('This connection has a name already. Rename, or open a second connection.'),
  'session-unknown': refusal('This session is over. Say hello again, without the token.', false, 4),
  'token-short': refusal(
    'The token is too short. Make one of 32 to 256 random characters, or leave it out and take the one in the welcome.',
    false,
    4,
  ),
  'password-needed': refusal(
    'A password is needed here. Give it: --password-file FILE or RXCHAT_PASSWORD for rxchat, the field password in hello.',
    false,
    4,
  ),
  'password-wrong': refusal('The password is wrong. Ask the host for it.', false, 4),
  'password-wait': refusal('Too many wrong passwords came from your address. Wait % seconds, then try again.', true, 4),
  'server-full': refusal('The server is full (%). Try again later.', true, 4),
  'too-many-from-address': refusal('There are too many connections from your address (%). Close one first.', true, 4),
  'address-too-fast': refusal('Too much comes from your address at once. Wait a moment, then try again.', true, 4),

  // commands
  malformed: refusal('That was not understood: %. See docs/protocol.md.'),
  'unknown-command': refusal('There is no command %. Try /help.'),
  usage: refusal('Usage: %'),
  'not-utf8': refusal('That was not valid UTF-8. Send it again in UTF-8.'),
  'line-too-long': refusal('The line is longer than %. Send it in parts.'),
  'text-empty': refusal('There is nothing to say. Type a text.'),
  'text-too-long': refusal('The text is longer than %. Shorten it, or send it in parts.'),
  'slow-down': refusal('Slow down: you may send % a second. Wait a moment and send it again.', true),
  'room-name': refusal('The room name %. Use 1 to 32 letters, digits, - _ or a dot.', false, 4),
  'room-unknown': refusal('There is no room %. Join it to create it.'),
  'not-in-room': refusal('You are not in the room %. Join it first.'),
  'too-many-rooms': refusal('You are in % rooms, which is the most. Part one first.'),
  'rooms-full': refusal('The server has % rooms, which is the most. Join one of those.', true, 4),
  'rooms-of-address': refusal('% rooms were made from your address, which is the most. Join one of those.', true, 4),
  'member-unknown': refusal('There is nobody called %. Check the spelling, or list who is here.'),
  'message-unknown': refusal('There is no message % here, or not any more. Look for its number in the history.'),
  'nothing-said': refusal('You have said nothing here that could be deleted.'),
  'not-author': refusal('Only its author or the host may delete message %.'),
  'host-only': refusal('Only the host may do that. Ask on the server console.'),
  'not-to-host': refusal('The host reads no private messages. Say it in the room.'),
  'number-forgotten': refusal('That number was used before, and its result is no longer kept. Its outcome is unknown.'),
  'number-refused': refusal('That command was refused when it first came. Send it again under a new number.'),

  // the HTTP API
  'token-needed': refusal(
    'A token is needed. The host makes one at the console of the server with TOKEN ADD; send it as Authorization: Bearer TOKEN.',
    false,
    4,
  ),
  'token-unknown': refusal(
    'This token is not known here, or not any more. Ask the host for another: TOKEN ADD at the console of the server.',
    false,
    4,
  ),
  'not-granted': refusal('This token may not do that: %. Ask the host for another.', false, 4),
  request: refusal('The request was not understood: %. See /api/openapi.json.'),
  'not-found': refusal('There is nothing at %. See /api/openapi.json for what there is.'),
  'key-reused': refusal('This Idempotency-Key stands for another message already. Make a new one for each message.'),
  'too-many-streams': refusal(
    'A token may have 32 event streams open, all together 256. Close one first, or wait.',
    true,
  ),
  'grants-full': refusal('There are % tokens, which is the most. Revoke one first.'),
  'grant-unknown': refusal('There is no token of the name %. TOKEN LIST shows them.'),
  'hook-url': refusal('The address of a hook is an http or https URL of at most 2048 characters, without a user name.'),
  'hook-private': refusal(
    'The address of a hook is a private one. Give one in the internet, or start the server with --allow-private-hooks.',
  ),
  'hooks-full': refusal('There are % hooks, which is the most. Remove one first.'),
  'hook-unknown': refusal('There is no hook %. HOOK LIST shows them.'),

  // the server's own trouble
  storage: refusal('The server cannot store messages now. Try again, and tell the host.', true, 6),
  internal: refusal('The server failed on this command and has set it aside. Tell the host.', false, 1),
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERRORS

/** Why a request is refused: `detail` stands for the % in the sentence of the code. */
export type Refusal = { readonly code: ErrorCode; readonly detail: string }

/** The sentence that a person reads for `code`, with its detail filled in. */
export const errorText = (code: ErrorCode, detail = ''): string => ERRORS[code].text.replace('%', () => detail)

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
  replaced: { text: 'This session went on from another connection.', reconnect: false, exit: 4, websocket: 4001 },
  refused: { text: 'The connection was refused: %', reconnect: false, exit: 4, websocket: 4002 },
  'handshake-timeout': {
    text: 'No name came in time. Connect again and send one.',
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
  flooding: { text: 'You sent far more than the server takes. Send less.', reconnect: false, exit: 4, websocket: 1008 },
  timeout: { text: 'No answer came from you in time.', reconnect: true, exit: 3, websocket: 4004 },
  shutdown: { text: 'The server is shutting down.', reconnect: true, exit: 3, websocket: 1001 },
  unsupported: { text: '%', reconnect: false, exit: 4, websocket: 4005 },
  'tls-only': {
    text: 'Only TLS is taken here. Connect with TLS: rxchat tls://HOST:PORT, https:// in a browser, or openssl s_client.',
    reconnect: false,
    exit: 4,
    websocket: 4006,
  },
  // the PROXY header, before any protocol; the log tells the host the reason
  'proxy-refused': {
    text: 'A PROXY header is taken from the addresses of --trust-proxy only.',
    reconnect: false,
    exit: 4,
    websocket: 4007,
  },
  'proxy-broken': { text: 'That was no PROXY header of version 2.', reconnect: false, exit: 4, websocket: 4008 },
  revoked: { text: 'The token was revoked. Ask the host for another.', reconnect: false, exit: 4, websocket: 4009 },
  // a WebSocket that breaks its rules
  'bad-frame': {
    text: 'What came was no WebSocket frame as RFC 6455 has it. Use a library for it.',
    reconnect: false,
    exit: 1,
    websocket: 1002,
  },
  'binary-frame': {
    text: 'Messages are JSON in text frames. Send no binary ones.',
    reconnect: false,
    exit: 1,
    websocket: 1003,
  },
  'frame-not-utf8': {
    text: 'A text frame was not valid UTF-8. Send it again in UTF-8.',
    reconnect: false,
    exit: 1,
    websocket: 1007,
  },
  'frame-too-long': {
    text: 'A message was longer than 65536 bytes, or in more than 1024 pieces. Send it in parts.',
    reconnect: false,
    exit: 1,
    websocket: 1009,
  },
} as const satisfies Record<string, Closing>

export type CloseCode = keyof typeof CLOSINGS

/** The sentence that a person reads when the server ends the connection for `code`. */
export const closingText = (code: CloseCode, detail = ''): string => CLOSINGS[code].text.replace('%', () => detail)
