/** The screen's own state: the text being typed, the scroll position, the overlay. */

import type { Where } from '../../client/chat/place.ts'
import { type Editor, emptyEditor } from '../../client/input/editor.ts'
import { nothingTyped, type TypedLines } from '../../client/input/typed-lines.ts'
import type { Completing } from '../completion.ts'
import { firstDevice, type SelectedDevice } from './devices.ts'
import type { SelectedPerson } from './people/press.ts'
import type { LineAnchor } from './scroll.ts'
import type { Secret } from './secret.ts'
import type { Selected } from './selected/selection.ts'

/** The purpose of the typed text. */
export type Composing =
  | { readonly type: 'new' }
  | { readonly type: 'reply'; readonly seq: number }
  /** `draft`: the text that was being typed before. */
  | { readonly type: 'edit'; readonly seq: number; readonly draft: Editor }

export const NEW: Composing = { type: 'new' }

export type ChatUi = {
  readonly editor: Editor
  readonly typed: TypedLines
  readonly composing: Composing
  /** Unsent texts of other places. */
  readonly drafts: ReadonlyMap<Where, Pick<ChatUi, 'editor' | 'composing'>>
  /** The place that editor and anchor belong to. */
  readonly where: Where
  readonly anchor: LineAnchor
  /** The message selected by keys. */
  readonly selected: Selected
  /** The person selected in the list of people; null: it's not shown. */
  readonly people: SelectedPerson | null
  /** The result of the last stroke, until the next one; null: it shows by itself. */
  readonly notice: string | null
  readonly completing: Completing | null
  /** The first visible line of the help; null: it's not shown. */
  readonly help: number | null
  /** The index of the selected search result; the latest is 0. */
  readonly hit: number
  /** The device selected in their list. */
  readonly device: SelectedDevice
  /** A question for a secret; null: none is asked. */
  readonly secret: Secret | null
}

export const newUi = (where: Where): ChatUi => ({
  editor: emptyEditor,
  composing: NEW,
  typed: nothingTyped,
  drafts: new Map(),
  where,
  anchor: null,
  selected: null,
  people: null,
  notice: null,
  completing: null,
  help: null,
  hit: 0,
  device: firstDevice,
  secret: null,
})

/** Switches to another place: its draft, and its end visible. */
export function turnTo(ui: ChatUi, where: Where): ChatUi {
  if (ui.where === where) return ui
  const drafts = new Map(ui.drafts)
  drafts.set(ui.where, { editor: ui.editor, composing: ui.composing })
  const { killed } = ui.editor
  const { editor, composing } = drafts.get(where) ?? { editor: emptyEditor, composing: NEW }
  drafts.delete(where)
  return {
    ...ui,
    drafts,
    where,
    editor: { ...editor, killed },
    composing,
    anchor: null,
    selected: null,
    people: null,
    completing: null,
  }
}
