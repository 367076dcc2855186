/**
 * The original's protocol has no framing: the first packet is the bare name, and then one read is one message. Its
 * window sends messages without a newline, its command line with one, and two of those may arrive in one read; so a
 * read is split at newlines, and only a character cut in two waits for the next read.
 */
import { LOBBY } from '../../model/view.ts'
import type { Ask, Decoder } from '../codec.ts'
import { join, NO_BYTES } from '../lines.ts'
import { wholeCharacters } from '../utf8.ts'

/** `reads` wait to be looked at, the first of them perhaps in part; `cut` is the beginning of a character. */
export type ClassicCarry = { readonly reads: readonly Uint8Array[]; readonly cut: Uint8Array }

const LF = 0x0a
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export const classicDecoder: Decoder<ClassicCarry> = {
  empty: { reads: [], cut: NO_BYTES },
  push: (carry, bytes) => (bytes.length === 0 ? carry : { ...carry, reads: [...carry.reads, bytes] }),
  // A read of nothing stands for the end, as it does in the original.
  finish: carry => ({ ...carry, reads: [...carry.reads, NO_BYTES] }),
  size: carry => carry.cut.length + carry.reads.reduce((sum, read) => sum + read.length, 0),
  pull(carry, entered) {
    let at = carry
    for (;;) {
      const [read, ...later] = at.reads
      if (!read) return { ask: null, carry: at }
      const taken = take(read, later, at.cut)
      if (taken.message.trim() !== '') return { ask: ask(taken.message, entered), carry: taken.carry }
      at = taken.carry
    }
  },
}

/** One message of a read, which is the first line of it or all. */
function take(read: Uint8Array, later: readonly Uint8Array[], cut: Uint8Array) {
  const bytes = cut.length > 0 ? join(cut, read) : read
  const end = bytes.indexOf(LF)
  if (end >= 0) {
    const rest = bytes.subarray(end + 1)
    return {
      message: text(bytes.subarray(0, end)),
      carry: { reads: rest.length > 0 ? [rest, ...later] : later, cut: NO_BYTES },
    }
  }
  // Nothing to wait for when the peer has finished: what is cut then stays cut.
  const whole = read.length === 0 ? bytes.length : wholeCharacters(bytes)
  return { message: text(bytes.subarray(0, whole)), carry: { reads: later, cut: bytes.slice(whole) } }
}

const text = (message: Uint8Array): string => decoder.decode(message).replace(/\r$/, '')

function ask(text: string, entered: boolean): Ask {
  if (!entered) return { type: 'hello', name: text, room: null, features: [] }
  return { type: 'command', n: null, command: { type: 'say', room: LOBBY, text, action: false } }
}
