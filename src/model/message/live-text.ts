/**
 * The output of a program as text that is harmless everywhere: without the sequences that colour a terminal or move its
 * cursor, and, of a line that was written over, as it was last.
 */
import { LIVE_TAIL_CHARS, LIVE_TAIL_LINES } from '../limits.ts'
import { neutralise } from '../text.ts'

/** Control sequences and strings (ECMA-48), those of one byte, too. One that is cut off at the end goes as well. */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is removed.
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[PX^_\]][^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/g

/** All of it, with `\n` between the lines. */
export const liveText = (output: string): string =>
  output
    .replace(SEQUENCES, '')
    .split('\n')
    .map(line => neutralise(asLast(line)))
    .join('\n')

/** The text of a line after its last carriage return. */
function asLast(line: string): string {
  const text = line.replace(/\r+$/, '')
  return text.slice(text.lastIndexOf('\r') + 1)
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

export const decoded = (bytes: Uint8Array): string => utf8.decode(bytes)

/** The last lines. `isWhole`: the bytes are the whole output, else they may begin within a line. */
export function tailOf(bytes: Uint8Array, isWhole: boolean): string {
  const lines = liveText(decoded(bytes)).split('\n')
  while (lines.length > 1 && lines.at(-1) === '') lines.pop()
  const last = (isWhole || lines.length < 2 ? lines : lines.slice(1)).slice(-LIVE_TAIL_LINES)
  while (last.length > 1 && last.join('\n').length > LIVE_TAIL_CHARS) last.shift()
  return shortened(last.join('\n'))
}

/** Cut between two characters. */
function shortened(text: string): string {
  if (text.length <= LIVE_TAIL_CHARS) return text
  const [first = '', ...rest] = text.slice(-LIVE_TAIL_CHARS + 1)
  return `…${/\p{Cs}/u.test(first) ? '' : first}${rest.join('')}`
}
