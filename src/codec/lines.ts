/**
 * Splits bytes into lines, incrementally and bounded. A line ends with LF; a CR before it is dropped. A line that is
 * too long is reported once and skipped to its end, so that the stream goes on. Only whole lines are decoded, so a
 * character split over two chunks is never seen in halves. Blank lines are skipped and counted. A byte order mark at
 * the very start is dropped.
 */

export type Carry = {
  readonly bytes: Uint8Array
  /** Offset of the next line. */
  readonly start: number
  /** There's no LF before this index. */
  readonly scanned: number
  /** Inside a line that was reported as too long. */
  readonly skipping: boolean
  /** No line has ended yet. */
  readonly first: boolean
}

export type Line =
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'too-long' }
  | { readonly type: 'not-utf8' }

export const NO_BYTES = new Uint8Array(0)
export const emptyCarry: Carry = { bytes: NO_BYTES, start: 0, scanned: 0, skipping: false, first: true }

/** After a whole line. All connections between two lines share it, and hold no bytes. */
const DRAINED: Carry = { ...emptyCarry, first: false }

const LF = 0x0a
const CR = 0x0d
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function pushLines(carry: Carry, bytes: Uint8Array): Carry {
  const left = held(carry)
  if (left === 0) return { ...carry, bytes, start: 0, scanned: 0 }
  const both = join(carry.bytes.subarray(carry.start), bytes)
  return { ...carry, bytes: both, start: 0, scanned: carry.scanned - carry.start }
}

/** The rest counts as a line. */
export const finishLines = (carry: Carry): Carry =>
  carry.bytes.length > carry.start ? pushLines(carry, Uint8Array.of(LF)) : carry

export const held = (carry: Carry): number => carry.bytes.length - carry.start

type Clean = (line: Uint8Array) => Uint8Array
const asItIs: Clean = line => line

const TOO_LONG: Line = { type: 'too-long' }

/** `blank`: the number of blank lines skipped before it. */
type Pulled = { readonly line: Line | null; readonly carry: Carry; readonly blank: number }

/**
 * The next line of at most `max` bytes without its end; null: more bytes are needed. `clean` drops bytes that aren't
 * text.
 */
export function pullLine(carry: Carry, max: number, clean = asItIs): Pulled {
  let [at, blank] = [carry, 0]
  // A loop, not recursion: one chunk may hold more blank lines than the stack has frames.
  while (true) {
    const { bytes, start, skipping, first } = at
    const end = bytes.indexOf(LF, at.scanned)
    if (end < 0) return withoutEnd(at, max, blank)
    const next = end + 1 === bytes.length ? DRAINED : { ...DRAINED, bytes, start: end + 1, scanned: end + 1 }
    const line = skipping ? null : lineOf(bytes, start, end, max, first, clean)
    if (line !== null && (line.type !== 'line' || line.text.trim() !== '')) return { line, carry: next, blank }
    if (line !== null) blank++
    at = next
  }
}

function withoutEnd(carry: Carry, max: number, blank: number): Pulled {
  const { bytes, skipping } = carry
  if (held(carry) === 0) return { line: null, carry, blank }
  if (held(carry) <= max + 1) return { line: null, carry: { ...carry, scanned: bytes.length }, blank }
  return { line: skipping ? null : TOO_LONG, carry: { ...emptyCarry, skipping: true, first: false }, blank }
}

function lineOf(bytes: Uint8Array, start: number, end: number, max: number, first: boolean, clean: Clean): Line {
  const stop = end > start && bytes[end - 1] === CR ? end - 1 : end
  if (stop - start > max) return TOO_LONG
  const from = first && startsMarked(bytes.subarray(start)) ? start + MARK.length : start
  return read(clean(bytes.subarray(from, stop)))
}

/** U+FEFF in UTF-8. Some programs begin their output with it. */
const MARK = [0xef, 0xbb, 0xbf]
const startsMarked = (bytes: Uint8Array): boolean => MARK.every((byte, at) => bytes[at] === byte)

/** The visible part of a line that overwrites itself with CR, such as a progress bar: the last state. */
export function lastState(line: string): string {
  if (!line.includes('\r')) return line
  return line.split('\r').findLast(state => state !== '') ?? ''
}

function read(bytes: Uint8Array): Line {
  try {
    return { type: 'line', text: decoder.decode(bytes) }
  } catch {
    return { type: 'not-utf8' }
  }
}

export function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
