/**
 * The lines of a pipe. A line ends at LF, with one CR before it dropped; every other character is text, U+2028 too. What
 * a program draws over with CR, as a progress bar, is one line: its last state. A BOM at the beginning is no text.
 * However long a line is, no more than its bound is held.
 */
import type { Readable } from 'node:stream'
import { wholeCharacters } from '../codec/utf8.ts'
import { withoutBom } from '../model/text.ts'

export type InputLine = {
  readonly text: string
  /** The text is the beginning of a line that is longer than the bound; the rest of it was passed over. */
  readonly cut: boolean
}

export type InputLines = {
  readonly pause: () => void
  readonly resume: () => void
  /** Nothing is read any more, and `end` is called, once. */
  readonly close: () => void
}

const LF = 0x0a
const CR = 0x0d
/** What is not UTF-8 becomes U+FFFD: a log with a stray byte is told all the same. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export function readLines(input: Readable, max: number, hear: (line: InputLine) => void, end: () => void): InputLines {
  let held: Buffer[] = []
  let size = 0
  let passing = false
  let first = true
  let open = true

  function push(bytes: Buffer): void {
    if (passing || bytes.length === 0) return
    held.push(bytes)
    size += bytes.length
    if (size > max + 2) shorten()
  }

  /** Of what was drawn over nothing is needed; a state that is too long by itself is told as far as it goes. */
  function shorten(): void {
    const all = Buffer.concat(held)
    const from = all.subarray(0, -1).lastIndexOf(CR) + 1
    held = [all.subarray(from)]
    size = all.length - from
    if (size <= max + 2) return
    passing = true
    const most = all.subarray(from, from + max)
    tell(most.subarray(0, wholeCharacters(most)), true)
    held = []
    size = 0
  }

  function finish(): void {
    if (!passing) tell(Buffer.concat(held), false)
    passing = false
    held = []
    size = 0
  }

  function tell(bytes: Buffer, cut: boolean): void {
    const [text = ''] = decoder
      .decode(bytes)
      .split('\r')
      .filter(state => state !== '')
      .slice(-1)
    const line = first ? withoutBom(text) : text
    first = false
    if (open) hear({ text: line, cut })
  }

  function read(chunk: Buffer | string): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    let from = 0
    for (let at = bytes.indexOf(LF); at >= 0 && open; at = bytes.indexOf(LF, from)) {
      push(bytes.subarray(from, at))
      finish()
      from = at + 1
    }
    push(bytes.subarray(from))
  }

  function close(): void {
    if (!open) return
    open = false
    input.off('data', read)
    input.pause()
    end()
  }

  // What cannot be read any more, as a window that was closed, has ended.
  input.on('error', close)
  input.on('close', close)
  input.on('end', () => {
    if (size > 0) finish()
    close()
  })
  input.on('data', read)
  return { pause: () => void input.pause(), resume: () => void (open && input.resume()), close }
}
