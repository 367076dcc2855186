/** The first bytes choose the protocol: rule W1 of docs/spec.md, at every split, in any case, and after any silence. */
import { describe, expect, test } from 'vitest'
import { SNIFF_CLASSIC_MS, SNIFF_MAX_BYTES, SNIFF_NOTHING_MS, SNIFF_PATIENCE_MS } from '../../src/model/limits.ts'
import { type SniffedProtocol, type SniffVerdict, sniff } from '../../src/transport/sniff.ts'
import { seedOf } from '../helpers/seeds.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECT', 'TRACE']
const VERBS = ['CAP', 'NICK', 'USER', 'PASS', 'WEBIRC', 'AUTHENTICATE', 'SERVER', 'PING', 'QUIT']
const PROXY = '\r\n\r\n\0\r\nQUIT\n'

/** One byte a character. */
const raw = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const mixed = (word: string): string => word.replace(/./g, (c, at: number) => (at % 2 === 0 ? c : c.toLowerCase()))
const cases = (word: string): readonly string[] => [word, word.toLowerCase(), mixed(word)]
const CLASSIC_AFTER = { wait: SNIFF_CLASSIC_MS }
const PATIENT = { wait: SNIFF_PATIENCE_MS }

/** The verdict when `chunks` come without a pause, and then nothing more. */
function verdictOn(...chunks: readonly Uint8Array[]): SniffedProtocol {
  let bytes = raw('')
  for (const chunk of chunks) {
    bytes = Uint8Array.from([...bytes, ...chunk])
    const verdict = sniff(bytes, 0, false)
    if ('spoken' in verdict) return verdict.spoken
  }
  return afterSilence(bytes)
}

/** The verdict of a server that waits as long and as often as it should. */
function afterSilence(bytes: Uint8Array): SniffedProtocol {
  let silence = 0
  for (;;) {
    const verdict = sniff(bytes, silence, false)
    if ('spoken' in verdict) return verdict.spoken
    if (verdict.wait <= silence) throw new Error(`waits for ever after ${silence} ms`)
    silence = verdict.wait
  }
}

const splits = (bytes: Uint8Array): readonly (readonly Uint8Array[])[] =>
  Array.from({ length: Math.max(0, bytes.length - 1) }, (_, at) => [bytes.subarray(0, at + 1), bytes.subarray(at + 1)])

const ROWS: readonly (readonly [SniffedProtocol, string, Uint8Array])[] = [
  ['tls', 'a ClientHello', raw('\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03')],
  ['proxy', 'the signature of PROXY version 2', raw(`${PROXY}\x21\x11\0\x0c`)],
  ['proxy', 'the signature alone', raw(PROXY)],
  ['http', 'a request', raw('GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n')],
  ['http', 'a request without a path', raw('OPTIONS * HTTP/1.0\r\n')],
  ['native', 'an object', raw('{"type":"hello","name":"alice"}\n')],
  ['native', 'an object without its end', raw('{"type"')],
  ['native', 'an object behind a byte order mark', utf8('\uFEFF{"type":"hello"}\n')],
  ['http', 'a request behind one', utf8('\uFEFFGET / HTTP/1.1\r\n')],
  ['line', 'a name behind one', utf8('\uFEFFalice\n')],
  ['classic', 'a name without an end behind one', utf8('\uFEFFalice')],
  ['irc', 'capabilities', raw('CAP LS 302\r\nNICK alice\r\n')],
  ['irc', 'a nick', raw('NICK alice\n')],
  ['irc', 'a password', utf8('PASS пароль\r\nNICK alice\r\n')],
  ['line', 'a name', raw('alice\n')],
  ['line', 'a name of another script', utf8('алиса\r\n')],
  ['line', 'a name and what is said', raw('alice\nhello\n')],
  ['line', 'a blank line', raw('\n')],
  ['line', 'a blank line of telnet', raw('\r\n')],
  ['line', 'blank lines that begin like a PROXY signature', raw('\r\n\r\nalice\r\n')],
  ['line', 'a name that is a verb', raw('nick\n')],
  ['line', 'a name that is a method', raw('get\r\n')],
  ['line', 'a name that begins with a verb', raw('userland\r\n')],
  ['line', 'a verb behind a space', raw(' NICK alice\r\n')],
  ['line', 'a verb with a tab behind it', raw('NICK\talice\r\n')],
  ['line', 'a letter of Latin-1 whose capital would make a verb', raw('pa\xdf x\n')],
  ['line', 'letters whose capital would make a verb', utf8('paſſ x\nnıck x\n')],
  ['line', 'a negotiation of telnet', raw('\xff\xfb\x1f\xff\xfb\x20alice\r\n')],
  ['line', 'a negotiation of telnet and nothing more', raw('\xff\xfd\x01')],
  ['line', 'the greeting of ssh', raw('SSH-2.0-OpenSSH_9.6\r\n')],
  ['classic', 'a name', raw('alice')],
  ['classic', 'a name of another script', utf8('アリス')],
  ['classic', 'a name that is a verb', raw('Nick')],
  ['classic', 'a name that is a method', raw('Trace')],
  ['classic', 'a name that begins a verb', raw('pa')],
  ['classic', 'a name that goes on behind a verb', raw('nickname')],
  ['classic', 'a verb and a word, without an end', raw('NICK alice')],
  ['classic', 'a space', raw(' ')],
]

describe('the first bytes choose the protocol', () => {
  test.each(ROWS)('[W1] %s: %s, whole, cut in two at every byte, and byte by byte', (spoken, _, bytes) => {
    expect(verdictOn(bytes)).toBe(spoken)
    for (const chunks of splits(bytes)) expect(verdictOn(...chunks)).toBe(spoken)
    expect(verdictOn(...Array.from(bytes, byte => Uint8Array.of(byte)))).toBe(spoken)
  })

  test.each(METHODS.flatMap(cases))('[W1] %s and a space are HTTP at once', method => {
    expect(sniff(raw(`${method} `), 0, false)).toEqual({ spoken: 'http' })
    for (const chunks of splits(raw(`${method} /\r\n`))) expect(verdictOn(...chunks)).toBe('http')
  })

  test.each(VERBS.flatMap(cases))('[W1] %s, a space and a line are IRC', verb => {
    expect(sniff(raw(`${verb} alice\r\n`), 0, false)).toEqual({ spoken: 'irc' })
    for (const chunks of splits(raw(`${verb} alice\r\n`))) expect(verdictOn(...chunks)).toBe('irc')
  })

  test.each([...METHODS, ...VERBS].flatMap(cases))('[W1] %s alone on a line is a name', word => {
    expect(verdictOn(raw(`${word}\n`))).toBe('line')
    expect(verdictOn(raw(`${word}\r\n`))).toBe('line')
  })
})

describe('the sniffer waits for unclear bytes', () => {
  const at = (text: string, silence: number): SniffVerdict => sniff(raw(text), silence, false)

  test('[W1] a text without a newline is classic after a quarter of a second', () => {
    expect(at('alice', 0)).toEqual(CLASSIC_AFTER)
    expect(at('alice', 249)).toEqual(CLASSIC_AFTER)
    expect(at('alice', 250)).toEqual({ spoken: 'classic' })
  })

  test.each([...METHODS, ...VERBS].flatMap(cases))('[W1] what may become %s has two seconds to', word => {
    for (let end = 1; end <= word.length; end++) {
      expect(at(word.slice(0, end), 250)).toEqual(PATIENT)
      expect(at(word.slice(0, end), 1999)).toEqual(PATIENT)
      expect(at(word.slice(0, end), 2000)).toEqual({ spoken: 'classic' })
    }
    expect(at(`${word}x`, 250)).toEqual({ spoken: 'classic' })
  })

  test.each(VERBS.flatMap(cases))('[W1] a line that begins with %s has two seconds to end', verb => {
    expect(at(`${verb} alice`, 1999)).toEqual(PATIENT)
    expect(at(`${verb} alice`, 2000)).toEqual({ spoken: 'classic' })
  })

  test('[W1] a peer that says nothing for five seconds is a person', () => {
    expect(at('', 0)).toEqual({ wait: SNIFF_NOTHING_MS })
    expect(at('', 4999)).toEqual({ wait: SNIFF_NOTHING_MS })
    expect(at('', 5000)).toEqual({ spoken: 'line' })
  })

  test('[W1] a possible beginning of a PROXY signature has two seconds, and then is blank lines', () => {
    for (let end = 2; end < PROXY.length; end++) {
      expect(at(PROXY.slice(0, end), 1999)).toEqual(PATIENT)
      expect(at(PROXY.slice(0, end), 2000)).toEqual({ spoken: 'line' })
    }
  })

  test.each([
    ['', 'line'],
    ['alice', 'classic'],
    ['Nick', 'classic'],
    ['NICK alice', 'classic'],
    ['alice\n', 'line'],
    ['NICK alice\n', 'irc'],
    ['GET /', 'http'],
    ['{', 'native'],
    ['\r\n\r\n', 'line'],
  ] as const)('[W1] nothing is waited for once the peer has ended: %j is %s', (text, spoken) => {
    expect(sniff(raw(text), 0, true)).toEqual({ spoken })
  })

  test('[W1] nor once too much has come', () => {
    expect(at('x'.repeat(SNIFF_MAX_BYTES - 1), 0)).toEqual(CLASSIC_AFTER)
    expect(at('x'.repeat(SNIFF_MAX_BYTES), 0)).toEqual({ spoken: 'classic' })
    expect(at('NICK '.padEnd(SNIFF_MAX_BYTES - 1, 'x'), 0)).toEqual(PATIENT)
    expect(at('NICK '.padEnd(SNIFF_MAX_BYTES, 'x'), 0)).toEqual({ spoken: 'classic' })
    expect(at(`${'x'.repeat(100_000)}\n`, 0)).toEqual({ spoken: 'line' })
  })
})

/** Random numbers in [0, 1) that repeat with the seed. */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

test('[W3] 100,000 random beginnings are understood once there is silence, an end or enough; none throws', () => {
  const random = mulberry32(seedOf(0x1357))
  const below = (end: number): number => Math.floor(random() * end)
  const known = [...METHODS, ...VERBS, PROXY, '{', '\x16', '\xff', 'alice', '\r\n', '\n']
  const reached = new Set<string>()
  const wrong: object[] = []
  for (let i = 0; i < 100_000; i++) {
    const start = random() < 0.7 ? [...raw(known[below(known.length)] as string)] : []
    const rest = Array.from({ length: below(random() < 0.02 ? 2 * SNIFF_MAX_BYTES : 12) }, () => below(256))
    if (random() < 0.5) rest.unshift(0x20)
    const bytes = Uint8Array.from([...start, ...rest])
    if (random() < 0.2 && bytes.length > 0) bytes[below(bytes.length)] = below(256)

    const spoken = afterSilence(bytes)
    reached.add(spoken)
    for (const silence of [0, 1, 250, 1999, 2000, 1e9]) {
      const verdict = sniff(bytes, silence, false)
      const due =
        bytes.length >= SNIFF_MAX_BYTES || silence >= (bytes.length > 0 ? SNIFF_PATIENCE_MS : SNIFF_NOTHING_MS)
      // A clear verdict stays, through any silence.
      if ('spoken' in verdict ? verdict.spoken !== spoken : due) wrong.push({ bytes, silence, verdict, spoken })
    }
    const verdict = sniff(bytes, 0, true)
    if ('wait' in verdict || verdict.spoken !== spoken) wrong.push({ bytes, ended: true, verdict, spoken })
  }
  expect(wrong).toEqual([])
  expect([...reached].sort()).toEqual(['classic', 'http', 'irc', 'line', 'native', 'proxy', 'tls'])
})
