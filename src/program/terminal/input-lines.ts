/**
 * The lines of a pipe. A line ends at LF, and one CR before it is dropped. Every other character is text, U+2028 too.
 * If a program overwrites a line with CR, as a progress bar does, only its last state counts. A BOM at the beginning is
 * dropped. However long a line is, only a limited part is held in memory.
 */
import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { wholeCharacters } from '../../codec/utf8.ts'
import { withoutBom } from '../../model/text.ts'

export type InputLine = {
  readonly text: string
  /** The text is the beginning of a line longer than the limit; the rest was dropped. */
  readonly cut: boolean
  /** The bytes weren't UTF-8. In the text, U+FFFD stands for the wrong ones, so it differs from the input. */
  readonly broken: boolean
}

export type InputLines = {
  readonly pause: () => void
  readonly resume: () => void
  /** Stops reading and calls `end`, once. */
  readonly close: () => void
}

const LF = 0x0a
const CR = 0x0d
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

  /** Drops overwritten text. If the last state alone is too long, its beginning is passed on. */
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
    const state = lastState(bytes)
    const text = decoder.decode(state)
    const line = first ? withoutBom(text) : text
    first = false
    if (open) hear({ text: line, cut, broken: !isUtf8(state) })
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

  // An input that can't be read any more, such as a closed window, has ended.
  input.on('error', close)
  input.on('close', close)
  input.on('end', () => {
    if (size > 0) finish()
    close()
  })
  input.on('data', read)
  return { pause: () => void input.pause(), resume: () => void (open && input.resume()), close }
}

/** The text that overwriting with CR has left: the text behind the last CR that has text behind it. */
function lastState(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] === CR) end--
  const whole = bytes.subarray(0, end)
  return whole.subarray(whole.lastIndexOf(CR) + 1)
}
