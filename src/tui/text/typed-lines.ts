/**
 * A text being typed, as lines with the cursor. Lines break when they are full, not between words, so that nothing
 * shifts during typing.
 */
import type { Editor } from '../../client/input/editor.ts'
import { graphemesOf, head, widest, widestOf, width } from './width.ts'

export type Typing = {
  readonly lines: readonly string[]
  /** The number of lines above those. */
  readonly from: number
  /** The place of the cursor; `x` counts columns. */
  readonly cursor: { readonly x: number; readonly y: number }
}

/** At most `rows` lines of `columns`, those around the cursor. The very first line is `indent` columns shorter. */
export function typing(editor: Editor, columns: number, rows: number, indent: number): Typing {
  return rows === 1 ? inOneRow(editor, columns, indent) : inRows(editor, columns, rows, indent)
}

/** If the text is longer than the row, the part around the cursor. */
function inOneRow({ before, after }: Editor, columns: number, indent: number): Typing {
  const room = Math.max(1, columns - indent - 1)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const start = tail(line, room)
  const end = head(after.split('\n', 1)[0] ?? '', room - widest(start))
  return { lines: [start + end], from: 0, cursor: { x: Math.min(indent + width(start), columns - 1), y: 0 } }
}

/** The end that fits, with an ellipsis in the place of the cut text. */
function tail(text: string, columns: number): string {
  if (widest(text) <= columns) return text
  let room = columns - 1
  const kept: string[] = []
  for (const grapheme of graphemesOf(text).toReversed()) {
    room -= widestOf(grapheme)
    if (room < 0) break
    kept.push(grapheme)
  }
  return `…${kept.toReversed().join('')}`
}

function inRows({ before, after }: Editor, columns: number, rows: number, indent: number): Typing {
  const start = broken(before, columns, indent)
  const y = start.length - 1
  const last = start.at(-1) ?? ''
  // The text after the cursor continues in its line.
  const [rest = '', ...more] = broken(after, columns, widthWith(last, y, indent))
  const all = [...start.slice(0, -1), last + rest, ...more]
  const first = Math.max(
    0,
    Math.min(y - rows + 1 + (all.length - 1 > y ? Math.min(1, rows - 1) : 0), all.length - rows),
  )
  const x = width(last) + (y === 0 ? indent : 0)
  return { lines: all.slice(first, first + rows), from: first, cursor: { x: Math.min(x, columns - 1), y: y - first } }
}

const widthWith = (line: string, y: number, indent: number): number =>
  graphemesOf(line).reduce((sum, grapheme) => sum + widestOf(grapheme), 0) + (y === 0 ? indent : 0)

/** One column stays free at the end of a line, for the cursor. */
function broken(text: string, columns: number, taken: number): readonly string[] {
  const lines: string[] = []
  let room = columns - taken - 1
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const grapheme of graphemesOf(paragraph)) {
      const takes = widestOf(grapheme)
      if (takes > columns - 1) continue
      if (takes > room) {
        lines.push(line)
        line = ''
        room = columns - 1
      }
      line += grapheme
      room -= takes
    }
    lines.push(line)
    room = columns - 1
  }
  return lines
}
