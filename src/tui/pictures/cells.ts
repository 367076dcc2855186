/**
 * A picture as text cells: placeholders that a terminal with kitty's graphics protocol replaces by the picture
 * (https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders). So it scrolls, is cut off and disappears as text
 * does.
 */
import { type StyledLine, span } from '../text/line.ts'

/** `id`: how the terminal knows it, from 1 to 16,777,215. */
export type PictureCells = { readonly id: number; readonly columns: number; readonly rows: number }

const COLUMNS_MAX = 40
const ROWS_MAX = 12
/** Pixels of a cell, about: no small picture is drawn larger than it is. */
const CELL = { width: 8, height: 16 }

/** The cells for a picture of these pixels: as wide as it is, at most 40 by 12. */
export function cellsFor(width: number, height: number): Pick<PictureCells, 'columns' | 'rows'> {
  const scale = Math.min(1, (COLUMNS_MAX * CELL.width) / width, (ROWS_MAX * CELL.height) / height)
  const cells = (pixels: number, one: number, most: number): number =>
    Math.max(1, Math.min(most, Math.round((pixels * scale) / one)))
  return { columns: cells(width, CELL.width, COLUMNS_MAX), rows: cells(height, CELL.height, ROWS_MAX) }
}

/** Its lines. The first cell of each names the row; the terminal counts the others. */
export const pictureLines = ({ id, columns, rows }: PictureCells): readonly StyledLine[] =>
  ROWS.slice(0, rows).map(row => [span(`${CELL_SIGN}${row}${FIRST}${CELL_SIGN.repeat(columns - 1)}`, { picture: id })])

const CELL_SIGN = '\u{10EEEE}'

/** The marks that stand for the first rows, and for the first column. */
const ROWS = [
  ...['\u0305', '\u030D', '\u030E', '\u0310', '\u0312', '\u033D'],
  ...['\u033E', '\u033F', '\u0346', '\u034A', '\u034B', '\u034C'],
]
const FIRST = '\u0305'
