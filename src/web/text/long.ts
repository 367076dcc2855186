/** Which texts are so long that they are folded: those that would push what was said around them out of sight. */
import { FOLDED_CHARS, FOLDED_LINES } from '../../model/limits.ts'

export function isLong(text: string): boolean {
  if (text.length > FOLDED_CHARS) return true
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines > FOLDED_LINES
}
