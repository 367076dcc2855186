/** What is drawn over the whole host's screen: a QR code, a table, help, a secret, search results. */
import type { Found } from '../../client/chat/state.ts'
import { windowed } from '../chat/drawing/help.ts'
import { foundLines } from '../chat/drawing/search-results.ts'
import type { ClockFace } from '../clock-face.ts'
import { blank, type StyledLine, span } from '../text/line.ts'
import { cut, widest } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import type { Overlay } from './state.ts'

export type Wide = Extract<Overlay, { kind: 'wide' }>

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
      return pictureLines(overlay.lines, columns, rows)
    case 'wide':
      return windowed(wideLines(overlay, columns), overlay.from, rows)
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

/** All of it or nothing: half a QR code can't be read. */
function pictureLines(picture: readonly string[], columns: number, rows: number): readonly StyledLine[] {
  const wide = Math.max(...picture.map(widest))
  const fits = wide <= columns && picture.length <= rows
  const lines: readonly StyledLine[] = fits
    ? picture.map(text => [span(text)])
    : [[span(cut(`This needs a window of ${wide} by ${picture.length + 2}. Esc closes it.`, columns))]]
  return Array.from({ length: rows }, (_, row) => lines[row] ?? blank)
}
