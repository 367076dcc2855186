/** What lies over the whole of the host's screen: a code for telephones, a table, help, a secret. */
import { windowed } from '../chat/overlay.ts'
import { blank, type Line, span } from '../text/line.ts'
import { cut, widest } from '../text/width.ts'
import { wrap } from '../text/wrap.ts'
import type { Overlay } from './desk.ts'

export type Wide = Extract<Overlay, { kind: 'wide' }>

/** Exactly `rows`. */
export function overlayLines(overlay: Overlay, columns: number, rows: number): readonly Line[] {
  return overlay.kind === 'picture'
    ? pictureLines(overlay.lines, columns, rows)
    : windowed(wideLines(overlay, columns), overlay.from, rows)
}

/** Without a margin where a line would not fit with one. */
export function wideLines({ lines }: Wide, columns: number): readonly Line[] {
  const room = Math.max(1, columns)
  const shown = lines(room).flatMap(text => wrap(text, room).map((line): Line => [span(line)]))
  return [...shown, blank, [span(cut('Esc closes this.', columns), { role: 'quiet' })]]
}

/** As a whole, or not at all: of half a picture nothing can be read. */
function pictureLines(picture: readonly string[], columns: number, rows: number): readonly Line[] {
  const wide = Math.max(...picture.map(widest))
  const fits = wide <= columns && picture.length <= rows
  const lines: readonly Line[] = fits
    ? picture.map(text => [span(text)])
    : [[span(cut(`This needs a window of ${wide} by ${picture.length + 2}. Esc closes it.`, columns))]]
  return Array.from({ length: rows }, (_, row) => lines[row] ?? blank)
}
