/** Completion by Tab, with its choices listed: the first press inserts the first choice, the next ones cycle. */
import type { Choice, Completion } from '../client/input/completion.ts'
import type { Editor } from '../client/input/editor.ts'
import { fill, type StyledLine, span } from './text/line.ts'
import { cut, pad, widest } from './text/width.ts'

export type Completing = {
  /** Offset of the completed word. */
  readonly from: number
  readonly choices: readonly Choice[]
  /** The choice that's now in the line. */
  readonly index: number
}

type Input = { readonly editor: Editor; readonly completing: Completing | null }

/** `by`: 1 for the next choice, -1 for the one before. `find` gets the text before the cursor. */
export function completed<T extends Input>(ui: T, find: (before: string) => Completion, by: 1 | -1): T {
  const { completing, editor } = ui
  if (completing) {
    const { length } = completing.choices
    return chosen(ui, { ...completing, index: (completing.index + by + length) % length })
  }
  const { from, choices } = find(editor.before)
  if (choices.length === 0) return ui
  const next = chosen(ui, { from, choices, index: by === 1 ? 0 : choices.length - 1 })
  return choices.length === 1 ? { ...next, completing: null } : next
}

function chosen<T extends Input>(ui: T, completing: Completing): T {
  const text = completing.choices[completing.index]?.text ?? ''
  const editor: Editor = { ...ui.editor, before: ui.editor.before.slice(0, completing.from) + text }
  return { ...ui, editor, completing }
}

const CHOICES_MAX = 8

/** The choices around the current one, at most `rows`. */
export function choiceLines({ choices, index }: Completing, columns: number, rows: number): readonly StyledLine[] {
  const shown = Math.min(CHOICES_MAX, rows, choices.length)
  const from = Math.max(0, Math.min(index - shown + 1, choices.length - shown))
  const left = Math.max(...choices.map(({ label }) => widest(label)))
  return choices.slice(from, from + shown).map(({ label, help }, row) => {
    const style = { inverse: from + row === index }
    const text = help === '' ? label : `${pad(label, left)}  ${help}`
    return fill([span(` ${cut(text, columns - 2)}`, style)], columns, style)
  })
}
