/**
 * The original's protocol has no framing: the first packet is the bare name, and then one read is one message. Its
 * window sends messages without a newline, its command line with one, and two of those may arrive in one read; so a
 * read is split at newlines, and only a character cut in two waits for the next read.
 */
import { LOBBY } from '../../model/view.ts'
import type { Ask, Decoder } from '../codec.ts'
import { join, NO_BYTES } from '../lines.ts'
import { wholeCharacters } from '../utf8.ts'

/** `reads` are reads not yet looked at; `cut` is the beginning of a character; `messages` come of the read in hand. */
export type ClassicCarry = {
  readonly reads: readonly Uint8Array[]
  readonly cut: Uint8Array
  readonly messages: readonly string[]
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export const classicDecoder: Decoder<ClassicCarry> = {
  empty: { reads: [], cut: NO_BYTES, messages: [] },
  push: (carry, bytes) => ({ ...carry, reads: [...carry.reads, bytes] }),
  finish: carry => (carry.cut.length === 0 ? carry : { ...carry, reads: [...carry.reads, NO_BYTES] }),
  size: carry => carry.cut.length + carry.reads.reduce((sum, read) => sum + read.length, 0),
  pull(carry, entered) {
    const [message, ...messages] = carry.messages
    if (message !== undefined) return { ask: ask(message, entered), carry: { ...carry, messages } }
    const [read, ...reads] = carry.reads
    if (!read) return { ask: null, carry }
    return classicDecoder.pull({ reads, ...split(read, carry.cut) }, entered)
  },
}

function split(read: Uint8Array, cut: Uint8Array): Pick<ClassicCarry, 'cut' | 'messages'> {
  const bytes = cut.length > 0 ? join(cut, read) : read
  // Nothing to wait for when the peer has finished: what is cut then stays cut.
  const whole = read.length === 0 ? bytes.length : wholeCharacters(bytes)
  const text = decoder.decode(bytes.subarray(0, whole))
  return {
    cut: bytes.slice(whole),
    messages: text.split(/\r?\n/).filter(message => message.trim() !== ''),
  }
}

function ask(text: string, entered: boolean): Ask {
  if (!entered) return { type: 'hello', name: text, room: null, features: [] }
  return { type: 'command', n: null, command: { type: 'say', room: LOBBY, text, action: false } }
}
