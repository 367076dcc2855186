/** A drawn line: pieces of text with their roles. palette.ts decides how they look. */
import type { Role } from '../../client/view/theme.ts'
import { cut, head, widest, width } from './width.ts'

export type Style = {
  readonly role?: Role
  /** The number of a name's colour. */
  readonly name?: number
  readonly bold?: boolean
  readonly italic?: boolean
  readonly strike?: boolean
  readonly inverse?: boolean
  /** Cells of a picture: its id. The terminal reads it from the colour, also if colours are off. */
  readonly picture?: number
}

export type Span = Style & { readonly text: string }
export type StyledLine = readonly Span[]

export const blank: StyledLine = []
export const span = (text: string, style: Style = {}): Span => ({ ...style, text })
export const plain = (line: StyledLine): string => line.map(({ text }) => text).join('')

export const lineWidest = (line: StyledLine): number => line.reduce((sum, { text }) => sum + widest(text), 0)

/** At most so many columns, on every terminal. */
export function clip(line: StyledLine, columns: number): StyledLine {
  const kept: Span[] = []
  let room = columns
  for (const one of line) {
    const taken = widest(one.text)
    if (taken > room) {
      const text = head(one.text, room)
      if (text !== '') kept.push({ ...one, text })
      return kept
    }
    kept.push(one)
    room -= taken
  }
  return kept
}

/** A line of exactly so many columns, as newer terminals count. */
export function fill(line: StyledLine, columns: number, style: Style = {}): StyledLine {
  const clipped = clip(line, columns)
  const taken = clipped.reduce((sum, { text }) => sum + width(text), 0)
  return taken < columns ? [...clipped, span(' '.repeat(columns - taken), style)] : clipped
}

/** `left` and `right` at the two ends; `left` is shortened if necessary. */
export function apart(left: StyledLine, right: StyledLine, columns: number, style: Style = {}): StyledLine {
  const room = columns - lineWidest(right)
  if (room < 1) return clip(right, columns)
  return [...fill(shorten(left, Math.max(0, room - 1)), room, style), ...right]
}

/** Clipped, with an ellipsis in the place of the cut text. */
export function shorten(line: StyledLine, columns: number): StyledLine {
  if (lineWidest(line) <= columns) return line
  const kept: Span[] = []
  let room = columns
  for (const one of line) {
    const taken = widest(one.text)
    if (taken < room) {
      kept.push(one)
      room -= taken
      continue
    }
    const text = cut(`${one.text} `, room)
    if (text !== '') kept.push({ ...one, text })
    break
  }
  return kept
}
