/**
 * The columns that a text takes. Terminals disagree on joined emoji and flags: newer ones draw one picture, older ones
 * its parts. If a line mustn't overflow, the wider width counts; for the cursor, the newer one.
 */

import stringWidth from 'string-width'
import { graphemesIn } from '../../client/input/graphemes.ts'
import { ONE_COLUMN_EACH } from './one-column.ts'

/** The width that newer terminals draw. */
export const width = (text: string): number => (ONE_COLUMN_EACH.test(text) ? text.length : stringWidth(text))

/** No terminal draws it wider. */
export function widest(text: string): number {
  if (ONE_COLUMN_EACH.test(text)) return text.length
  let columns = 0
  for (const grapheme of graphemesOf(text)) columns += widestOf(grapheme)
  return columns
}

export function graphemesOf(text: string): readonly string[] {
  if (ONE_COLUMN_EACH.test(text)) return text.split('')
  return graphemesIn(text)
}

const known = new Map<string, number>()
const KNOWN_MAX = 4096

export function widestOf(grapheme: string): number {
  if (grapheme.length === 1 && ONE_COLUMN_EACH.test(grapheme)) return 1
  const found = known.get(grapheme)
  if (found !== undefined) return found
  let parts = 0
  for (const char of grapheme) parts += stringWidth(char)
  const columns = Math.max(stringWidth(grapheme), parts)
  if (known.size >= KNOWN_MAX) known.clear()
  known.set(grapheme, columns)
  return columns
}

/** The beginning that fits, with an ellipsis in the place of the cut text. */
export function cut(text: string, columns: number): string {
  if (columns <= 0) return ''
  if (widest(text) <= columns) return text
  return `${head(text, columns - 1)}…`
}

/** The beginning that fits. */
export function head(text: string, columns: number): string {
  let kept = ''
  let taken = 0
  for (const grapheme of graphemesOf(text)) {
    taken += widestOf(grapheme)
    if (taken > columns) break
    kept += grapheme
  }
  return kept
}

/** Adds blanks up to that many columns. */
export const pad = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)))
export const padLeft = (text: string, columns: number): string => ' '.repeat(Math.max(0, columns - width(text))) + text
