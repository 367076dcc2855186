/** The keys that edit a line, as in readline and emacs; the same in every input of a screen. */
import * as editor from '../client/input/editor.ts'
import { DRAFT_MAX_BYTES } from '../model/limits.ts'
import { neutralise, utf8Length } from '../model/text.ts'
import type { Stroke } from './stroke.ts'
import { graphemesOf } from './text/width.ts'

type Editor = editor.Editor

const KEYS: Readonly<Record<string, (at: Editor) => Editor>> = {
  left: editor.left,
  'ctrl-b': editor.left,
  right: editor.right,
  'ctrl-f': editor.right,
  'alt-b': editor.wordLeft,
  'ctrl-left': editor.wordLeft,
  'alt-left': editor.wordLeft,
  'alt-f': editor.wordRight,
  'ctrl-right': editor.wordRight,
  'alt-right': editor.wordRight,
  up: editor.lineUp,
  down: editor.lineDown,
  'ctrl-a': editor.toStart,
  home: editor.toStart,
  'ctrl-e': editor.toEnd,
  end: editor.toEnd,
  backspace: editor.backspace,
  'ctrl-h': editor.backspace,
  delete: editor.remove,
  'ctrl-d': editor.remove,
  'ctrl-w': editor.killWordBefore,
  'alt-backspace': editor.killWordBefore,
  'alt-d': editor.killWordAfter,
  'ctrl-u': editor.killToStart,
  'ctrl-k': editor.killToEnd,
  'ctrl-y': editor.yank,
}

/** Null: the stroke edits nothing. */
export function edit(at: Editor, stroke: Stroke): Editor | null {
  switch (stroke.type) {
    case 'text':
      return inserted(at, stroke.text)
    case 'paste':
      return inserted(at, pasted(stroke.text))
    case 'key':
      return Object.hasOwn(KEYS, stroke.key) ? (KEYS[stroke.key]?.(at) ?? null) : null
  }
}

/** Text beyond the limit is dropped as a whole: half a paste is worth nothing. */
const inserted = (at: Editor, text: string): Editor =>
  utf8Length(editor.textOf(at)) + utf8Length(text) > DRAFT_MAX_BYTES ? at : editor.insert(at, neutralise(text))

/** Terminals paste line breaks as Enter. One at the end isn't part of the text. */
const pasted = (text: string): string => neutralise(text).replace(/\n+$/, '')

/** A typed secret as dots, with the cursor. */
export const masked = ({ before, after, killed }: Editor): Editor => ({
  before: '•'.repeat(graphemesOf(before).length),
  after: '•'.repeat(graphemesOf(after).length),
  killed,
})
