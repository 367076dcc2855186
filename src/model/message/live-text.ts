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

/**
 * The last lines. One that doesn't fit is cut at its beginning, and so is one that begins before `bytes`. `isWhole`: the bytes
 * are the whole output, else they may begin within a line, or within a character.
 */
export function tailOf(bytes: Uint8Array, isWhole: boolean): string {
  const lines = liveText(decoded(bytes)).split('\n')
  while (lines.length > 1 && lines.at(-1) === '') lines.pop()
  if (!isWhole) lines[0] = `…${lines[0]?.replace(/^\uFFFD+/, '')}`
  const shown: string[] = []
  let left = LIVE_TAIL_CHARS
  for (const line of lines.slice(-LIVE_TAIL_LINES).reverse()) {
    if (left < CUT_MIN && line.length > left) break
    shown.push(cut(line, left))
    left -= line.length + 1
    if (left <= 0) break
  }
  return shown.reverse().join('\n')
}

/** Of a line that is cut, no less than so many characters are shown. */
const CUT_MIN = 20

/** The end of a line, cut between two characters. */
function cut(line: string, most: number): string {
  if (line.length <= most) return line
  const [first = '', ...rest] = line.slice(-most + 1)
  return `…${/\p{Cs}/u.test(first) ? '' : first}${rest.join('')}`
}
