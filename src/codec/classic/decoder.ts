/**
 * The original's protocol has no framing: the first packet is the bare name, and after it one read is one message. Its
 * window sends messages without a newline. Its command line sends them with one, and two of those may arrive in one
 * read. So a read is split at newlines. A message waits for the next read only if its last character is cut in two.
 */
import { TEXT_MAX_BYTES } from '../../model/limits.ts'
import { LOBBY } from '../../model/name/standing.ts'
import type { Ask, Decoder } from '../codec.ts'
import { join, lastState, NO_BYTES } from '../lines.ts'
import { wholeCharacters } from '../utf8.ts'

/** `reads` wait to be decoded, the first perhaps partly decoded. `cut` is a message that ends inside a character. */
export type ClassicCarry = {
  readonly reads: readonly Uint8Array[]
  readonly cut: Uint8Array
  /** No message came yet. */
  readonly first: boolean
}

const LF = 0x0a
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export const classicDecoder: Decoder<ClassicCarry> = {
  empty: { reads: [], cut: NO_BYTES, first: true },
  push: (carry, bytes) => (bytes.length === 0 ? carry : { ...carry, reads: [...carry.reads, bytes] }),
  // An empty read stands for the end, as it does in the original.
  finish: carry => ({ ...carry, reads: [...carry.reads, NO_BYTES] }),
  size: carry => carry.cut.length + carry.reads.reduce((sum, read) => sum + read.length, 0),
  pull(carry, entered) {
    let at = carry
    for (let blank = 0; ; blank++) {
      const [read, ...later] = at.reads
      if (!read) return { ask: null, carry: at, blank }
      const taken = take(read, later, at.cut)
      const said = at.first ? taken.message.replace(/^\uFEFF/, '') : taken.message
      // A message that is still cut is not a blank one.
      if (taken.message === '' && taken.carry.cut.length > 0) blank--
      at = { ...taken.carry, first: at.first && taken.message === '' }
      if (said.trim() !== '') return { ask: ask(said, entered), carry: at, blank }
    }
  },
}

type DecodedMessage = { readonly message: string; readonly carry: Omit<ClassicCarry, 'first'> }

/** The next message of a read: its first line, or all of it; blank if there is none. */
function take(read: Uint8Array, later: readonly Uint8Array[], cut: Uint8Array): DecodedMessage {
  const bytes = cut.length > 0 ? join(cut, read) : read
  const end = bytes.indexOf(LF)
  if (end >= 0) {
    const rest = bytes.subarray(end + 1)
    const reads = rest.length > 0 ? [rest, ...later] : later
    return { message: decode(bytes.subarray(0, end)), carry: { reads, cut: NO_BYTES } }
  }
  const stop = read.length === 0 ? bytes.length : ready(bytes)
  return { message: decode(bytes.subarray(0, stop)), carry: { reads: later, cut: bytes.slice(stop) } }
}

/** How many of `bytes` can be taken now. A message that is too long anyway doesn't wait for its last character. */
function ready(bytes: Uint8Array): number {
  const whole = wholeCharacters(bytes)
  return whole < bytes.length && bytes.length <= TEXT_MAX_BYTES ? 0 : whole
}

const decode = (message: Uint8Array): string => lastState(decoder.decode(message).replace(/\r$/, ''))

function ask(text: string, entered: boolean): Ask {
  if (!entered) return { type: 'hello', name: text, room: null, history: null }
  return { type: 'command', n: null, command: { type: 'say', room: LOBBY, text, action: false } }
}
