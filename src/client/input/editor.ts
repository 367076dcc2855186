/**
 * A text being typed and the cursor in it. It moves and deletes by grapheme: an emoji, a letter with its accents, or a
 * flag is one unit. Pure; the screen maps the keys.
 */
import { graphemesIn } from './graphemes.ts'
export type Editor = {
  readonly before: string
  readonly after: string
  /** The text that was cut last; yank inserts it. */
  readonly killed: string
}

export const emptyEditor: Editor = { before: '', after: '', killed: '' }

export const textOf = ({ before, after }: Editor): string => before + after
/** Replaces the text, with the cursor at its end. The cut text is kept. */
export const write = (at: Editor, text: string): Editor => ({ ...at, before: text, after: '' })
export const insert = (at: Editor, text: string): Editor => ({ ...at, before: at.before + text })

/** No grapheme in real text is longer than this. A longer one is stepped through in parts. */
const LOOK_BACK = 256

/** The last grapheme. It looks only at the end of a long text. */
const lastOf = (text: string): string => graphemesIn(text.slice(-LOOK_BACK)).at(-1) ?? ''
const firstOf = (text: string): string => graphemesIn(text.slice(0, LOOK_BACK))[0] ?? ''

const WORD_BEFORE = /[\p{L}\p{M}\p{N}]*[^\p{L}\p{M}\p{N}]*$/u
const WORD_AFTER = /^[^\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}]*/u

const wordBefore = (text: string): string => {
  const word = WORD_BEFORE.exec(text.slice(-4 * LOOK_BACK))?.[0] ?? ''
  return word === '' ? lastOf(text) : word
}
const wordAfter = (text: string): string => {
  const word = WORD_AFTER.exec(text.slice(0, 4 * LOOK_BACK))?.[0] ?? ''
  return word === '' ? firstOf(text) : word
}

const backBy = (at: Editor, part: string): Editor =>
  part === '' ? at : { ...at, before: at.before.slice(0, -part.length), after: part + at.after }
const onBy = (at: Editor, part: string): Editor => ({
  ...at,
  before: at.before + part,
  after: at.after.slice(part.length),
})

export const left = (at: Editor): Editor => backBy(at, lastOf(at.before))
export const right = (at: Editor): Editor => onBy(at, firstOf(at.after))
export const wordLeft = (at: Editor): Editor => backBy(at, wordBefore(at.before))
export const wordRight = (at: Editor): Editor => onBy(at, wordAfter(at.after))

const lineBefore = (text: string): string => text.slice(text.lastIndexOf('\n') + 1)
const lineAfter = (text: string): string => text.slice(0, (text.indexOf('\n') + 1 || text.length + 1) - 1)

export const toStart = (at: Editor): Editor => backBy(at, lineBefore(at.before))
export const toEnd = (at: Editor): Editor => onBy(at, lineAfter(at.after))

/** Moves into the line above or below, to the same column; without such a line, to the start or end. */
export const lineUp = (at: Editor): Editor => {
  const along = graphemesIn(lineBefore(at.before)).length
  const start = toStart(at)
  return start.before === '' ? start : onBy(toStart(left(start)), part(lineAfter(toStart(left(start)).after), along))
}
export const lineDown = (at: Editor): Editor => {
  const along = graphemesIn(lineBefore(at.before)).length
  const end = toEnd(at)
  return end.after === '' ? end : onBy(right(end), part(lineAfter(right(end).after), along))
}

const part = (line: string, along: number): string => graphemesIn(line).slice(0, along).join('')

const dropBefore = (at: Editor, part: string): Editor =>
  part === '' ? at : { ...at, before: at.before.slice(0, -part.length) }

export const backspace = (at: Editor): Editor => dropBefore(at, lastOf(at.before))
export const remove = (at: Editor): Editor => ({ ...at, after: at.after.slice(firstOf(at.after).length) })

export const killWordBefore = (at: Editor): Editor => killBefore(at, wordBefore(at.before))
export const killWordAfter = (at: Editor): Editor => killAfter(at, wordAfter(at.after))
export const killToStart = (at: Editor): Editor => killBefore(at, lineBefore(at.before) || lastOf(at.before))
export const killToEnd = (at: Editor): Editor => killAfter(at, lineAfter(at.after) || firstOf(at.after))
export const yank = (at: Editor): Editor => insert(at, at.killed)

const killBefore = (at: Editor, part: string): Editor => (part === '' ? at : { ...dropBefore(at, part), killed: part })
const killAfter = (at: Editor, part: string): Editor =>
  part === '' ? at : { ...at, after: at.after.slice(part.length), killed: part }
