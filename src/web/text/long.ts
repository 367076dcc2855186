/** Which texts are folded: those so long that they'd push the messages around them out of sight. */
import { FOLDED_CHARS, FOLDED_LINES } from '../../model/limits.ts'

export function isLong(text: string): boolean {
  if (text.length > FOLDED_CHARS) return true
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines > FOLDED_LINES
}
