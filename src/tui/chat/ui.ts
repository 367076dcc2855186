/** What a screen knows that the chat does not: what is being typed, what is scrolled to, what lies over it. */
import { type Editor, emptyEditor } from '../../client/editor.ts'
import { nothingTyped, type TypedLines } from '../../client/typed.ts'
import type { Where } from '../../client/where.ts'
import type { Completing } from '../completing.ts'
import type { Anchor } from './scroll.ts'
import type { Selected } from './selecting.ts'

export type ChatUi = {
  readonly editor: Editor
  readonly typed: TypedLines
  /** What was being typed in other places. */
  readonly drafts: ReadonlyMap<Where, Editor>
  /** The place to which editor and anchor belong. */
  readonly where: Where
  readonly anchor: Anchor
  /** The message that keys have selected. */
  readonly selected: Selected
  readonly completing: Completing | null
  /** The first line of help that is in sight; null: none is. */
  readonly help: number | null
  /** Which of what was found is selected, the latest being 0. */
  readonly hit: number
}

export const newUi = (where: Where): ChatUi => ({
  editor: emptyEditor,
  typed: nothingTyped,
  drafts: new Map(),
  where,
  anchor: null,
  selected: null,
  completing: null,
  help: null,
  hit: 0,
})

/** Another place: its draft, and its end in sight. */
export function turnTo(ui: ChatUi, where: Where): ChatUi {
  if (ui.where === where) return ui
  const drafts = new Map(ui.drafts)
  drafts.set(ui.where, ui.editor)
  const { killed } = ui.editor
  const editor = { ...(drafts.get(where) ?? emptyEditor), killed }
  drafts.delete(where)
  return { ...ui, drafts, where, editor, anchor: null, selected: null, completing: null }
}
