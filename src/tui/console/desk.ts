/** What the host's screen shows: the room's life, who is here, and what is being typed. */
import type { Conversation } from '../../client/conversation.ts'
import { type Editor, emptyEditor } from '../../client/editor.ts'
import { nothingTyped, type TypedLines } from '../../client/typed.ts'
import type { Anchor } from '../chat/scroll.ts'
import type { Completing } from '../completing.ts'

/** Somebody who is connected, or whose place is kept. Times in milliseconds since the epoch. */
export type Person = {
  readonly name: string
  readonly protocol: string
  readonly since: number
  readonly heardAt: number
  readonly away: boolean
}

export type Desk = {
  readonly life: Conversation
  /** How many are here; who they are is looked up less often. */
  readonly here: number
  readonly people: readonly Person[]
  /** Where to join, in as few words as there are. */
  readonly address: string
  readonly startedAt: number
}

export type DeskUi = {
  readonly editor: Editor
  readonly typed: TypedLines
  readonly anchor: Anchor
  readonly completing: Completing | null
  readonly overlay: Overlay | null
  /** Ctrl-Z was the last key: once more, and the server stops. */
  readonly warned: boolean
}

/** What lies over the room's life and the list of people. */
export type Overlay =
  /** A code for telephones, line by line. */
  | { readonly kind: 'picture'; readonly lines: readonly string[] }
  /** Lines for the width that there is, in columns, in sight from line `from` on. */
  | { readonly kind: 'wide'; readonly lines: (columns: number) => readonly string[]; readonly from: number }

export const newDeskUi: DeskUi = {
  editor: emptyEditor,
  typed: nothingTyped,
  anchor: null,
  completing: null,
  overlay: null,
  warned: false,
}
