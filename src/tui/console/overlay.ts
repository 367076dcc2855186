/** The overlay on the whole host's screen: a QR code, a table, help, a secret, search results. */
import type { Found } from '../../client/chat/state.ts'
import { windowed } from '../chat/drawing/help.ts'
import { foundLines } from '../chat/drawing/search-results.ts'
import type { ClockFace } from '../clock-face.ts'
import { blank, type StyledLine, span } from '../text/line.ts'
import { cut, widest } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import type { Overlay } from './state.ts'

export type Wide = Extract<Overlay, { kind: 'wide' }>
type Picture = Extract<Overlay, { kind: 'picture' }>

/** Exactly `rows`. */
export function overlayLines(
  overlay: Overlay,
  found: Found | null,
  columns: number,
  rows: number,
  face: ClockFace,
): readonly StyledLine[] {
  switch (overlay.kind) {
    case 'picture':
      return pictureLines(overlay, columns, rows)
    case 'wide':
      return pageLines(wideLines(overlay, columns), overlay.from, columns, rows)
    case 'found':
      return foundLines(found ?? nothingFound, overlay.hit, columns, rows, face)
  }
}

const nothingFound: Found = { words: '', messages: [], more: false }

/** No margin, so that each line can use the full width. */
export function wideLines({ lines }: Wide, columns: number): readonly StyledLine[] {
  const room = Math.max(1, columns)
  const shown = lines(room).flatMap(text => wrap(text, room).map((line): StyledLine => [span(line)]))
  return [...shown, blank, [span(cut('Esc closes this.', columns), { role: 'quiet' })]]
}

/** The last row of a page says that there is more; the next page begins with the row that it covers. */
function pageLines(lines: readonly StyledLine[], from: number, columns: number, rows: number): readonly StyledLine[] {
  const page = windowed(lines, from, rows)
  if (rows < 3 || from + rows >= lines.length) return page
  return [...page.slice(0, -1), [span(cut('PgDn shows more, Esc closes this.', columns), { role: 'quiet' })]]
}

/** The whole QR code or none: half of one can't be read. The link is always there, with its description if it fits. */
function pictureLines({ lines: picture, link, what }: Picture, columns: number, rows: number): readonly StyledLine[] {
  const room = Math.max(1, columns)
  const words = what === '' ? [] : wrap(what, room)
  const code = [...picture, ...wrap(link, room)]
  const [wide, high] = [Math.max(...picture.map(widest)), code.length]
  const needed = `The code needs a window of ${wide} by ${high + 3}. Esc closes this.`
  const texts = code.length + words.length <= rows ? [...code, ...words] : code
  const lines = wide <= columns && high <= rows ? texts : [...words, ...wrap(link, room), '', ...wrap(needed, room)]
  return Array.from({ length: rows }, (_, row) => {
    const line = lines[row]
    return line === undefined ? blank : [span(line)]
  })
}
