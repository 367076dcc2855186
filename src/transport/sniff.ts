/**
 * Chooses the protocol by the first bytes; nothing has to be configured (docs/spec.md, W1). A pure function of the
 * bytes so far, how long the peer was silent, and whether more can come.
 */
import { SNIFF_CLASSIC_MS, SNIFF_MAX_BYTES, SNIFF_NOTHING_MS, SNIFF_PATIENCE_MS } from '../model/limits.ts'
import { SIGNATURE } from './proxy.ts'

export type SniffedProtocol = 'tls' | 'proxy' | 'http' | 'irc' | 'native' | 'line' | 'classic'

/** The protocol, or for how many milliseconds of silence to wait before asking again. */
export type SniffVerdict = { readonly spoken: SniffedProtocol } | { readonly wait: number }

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECT', 'TRACE']
const VERBS = ['CAP', 'NICK', 'USER', 'PASS', 'WEBIRC', 'AUTHENTICATE', 'SERVER', 'PING', 'QUIT']

const CLIENT_HELLO = 0x16
/** Telnet's negotiation (RFC 854), with which some clients begin. */
const IAC = 0xff
const BRACE = 0x7b
/** U+FEFF in UTF-8, which some programs write first. The bytes after it decide. */
const MARK = Uint8Array.of(0xef, 0xbb, 0xbf)
const LF = 0x0a

/** `silence` is in milliseconds; `ended`: the peer will send no more. */
export function sniff(bytes: Uint8Array, silence: number, ended: boolean): SniffVerdict {
  const [first] = bytes
  if (first === undefined) return ended || silence >= SNIFF_NOTHING_MS ? { spoken: 'line' } : waitFor(SNIFF_NOTHING_MS)
  if (first === CLIENT_HELLO) return { spoken: 'tls' }
  if (first === BRACE) return { spoken: 'native' }
  if (first === IAC) return { spoken: 'line' }
  const mark = compare(bytes, MARK)
  if (mark === 'whole' && bytes.length > MARK.length) return sniff(bytes.subarray(MARK.length), silence, ended)
  if (mark !== 'no' && !ended && silence < SNIFF_PATIENCE_MS) return waitFor(SNIFF_PATIENCE_MS)
  const over = ended || bytes.length >= SNIFF_MAX_BYTES
  const proxy = compare(bytes, SIGNATURE)
  if (proxy === 'whole') return { spoken: 'proxy' }
  if (proxy === 'prefix' && !over && silence < SNIFF_PATIENCE_MS) return waitFor(SNIFF_PATIENCE_MS)
  return sniffText(bytes, silence, over)
}

function sniffText(bytes: Uint8Array, silence: number, over: boolean): SniffVerdict {
  const end = bytes.indexOf(LF)
  const start = word(bytes)
  if (start.ended && METHODS.includes(start.text)) return { spoken: 'http' }
  if (end >= 0) return { spoken: start.ended && VERBS.includes(start.text) ? 'irc' : 'line' }
  if (over) return { spoken: 'classic' }
  const known = [...METHODS, ...VERBS].some(verb => (start.ended ? verb === start.text : verb.startsWith(start.text)))
  const patience = known ? SNIFF_PATIENCE_MS : SNIFF_CLASSIC_MS
  return silence >= patience ? { spoken: 'classic' } : waitFor(patience)
}

/** The first word, with ASCII letters in upper case, and whether a space ends it. */
function word(bytes: Uint8Array): { readonly text: string; readonly ended: boolean } {
  const gap = bytes.findIndex(byte => byte === 0x20 || byte === LF || byte === 0x0d)
  const end = gap < 0 ? Math.min(bytes.length, LONGEST_WORD + 1) : gap
  return {
    text: String.fromCharCode(...bytes.subarray(0, Math.min(end, LONGEST_WORD + 1)).map(upper)),
    ended: bytes[gap] === 0x20,
  }
}

const upper = (byte: number): number => (byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte)

const LONGEST_WORD = Math.max(...[...METHODS, ...VERBS].map(verb => verb.length))

function compare(bytes: Uint8Array, signature: Uint8Array): 'whole' | 'prefix' | 'no' {
  const length = Math.min(bytes.length, signature.length)
  for (let at = 0; at < length; at++) if (bytes[at] !== signature[at]) return 'no'
  return bytes.length >= signature.length ? 'whole' : 'prefix'
}

const waitFor = (ms: number): SniffVerdict => ({ wait: ms })
