/**
 * A text in lines of a limited width: breaks between words, around wide characters, or inside a word that is too long.
 */
import { graphemesOf, widestOf } from './width.ts'

/**
 * `first` columns on the first line, `rest` on the others, both at least 1. A grapheme wider than a line is dropped.
 */
export function wrap(text: string, first: number, rest: number = first): readonly string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) wrapInto(lines, paragraph, lines.length === 0 ? first : rest, rest)
  return lines
}

const EASY = /^[ -~]*$/

function wrapInto(lines: string[], text: string, first: number, rest: number): void {
  if (text.length <= first && EASY.test(text)) {
    lines.push(text)
    return
  }
  let room = first
  let line = ''
  let taken = 0
  /** The length of the line up to its last possible break, and its columns. */
  let safe = 0
  let safeColumns = 0
  const turn = (): void => {
    // The rest of the line may not fit into the next one. Then the break is here.
    const carries = safe > 0 && taken - safeColumns <= rest
    const keep = carries ? safe : line.length
    lines.push(line.slice(0, keep).trimEnd())
    line = line.slice(keep)
    taken = carries ? taken - safeColumns : 0
    safe = 0
    safeColumns = 0
    room = rest
  }
  for (const grapheme of graphemesOf(text)) {
    const columns = widestOf(grapheme)
    if (columns > Math.min(first, rest)) continue
    if (taken + columns > room) {
      // A blank that doesn't fit is the break itself.
      if (grapheme === ' ') {
        lines.push(line)
        line = ''
        taken = 0
        safe = 0
        safeColumns = 0
        room = rest
        continue
      }
      if (columns > 1) {
        safe = line.length
        safeColumns = taken
      }
      turn()
      if (taken + columns > room) turn()
    }
    line += grapheme
    taken += columns
    if (grapheme === ' ' || columns > 1) {
      safe = line.length
      safeColumns = taken
    }
  }
  lines.push(line)
}
