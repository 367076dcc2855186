/** Numbers of messages, as people type them. */
import { split } from './row.ts'

const NUMBER = /^[1-9]\d*$/

/** No message has the number 1e15, so one that is too long to be read exactly means none either. */
const read = (digits: string): number => Math.min(+digits, 1e15)

/**
 * A number that something follows. `--` before the text: it begins with a number of its own. A number alone has no text:
 * taken for one, a message would be left with nothing but its number.
 */
export function numbered(rest: string): { readonly seq: number | null; readonly text: string } {
  const [first, text] = split(rest)
  if (first === '--') return { seq: null, text }
  if (!NUMBER.test(first)) return { seq: null, text: rest }
  const [mark, after] = split(text)
  return { seq: read(first), text: mark === '--' && after !== '' ? after : text }
}

/** A number alone. Null: there is none, or something else. */
export const numberIn = (rest: string): number | null => (NUMBER.test(rest) ? read(rest) : null)
