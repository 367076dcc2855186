/** What the host's screen shows: the room's life, who is here, and what is being typed. */
import type { Found } from '../../client/chat-state.ts'
import { type Conversation, erased } from '../../client/conversation.ts'
import { type Editor, emptyEditor } from '../../client/editor.ts'
import { erasedIn } from '../../client/found.ts'
import { nothingTyped, type TypedLines } from '../../client/typed.ts'
import type { Anchor } from '../chat/scroll.ts'
import type { Selected } from '../chat/selecting.ts'
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
  /** What was said around a message that is older than the life, in one room; null: the life is in sight. */
  readonly past: Conversation | null
  /** What the last search found. */
  readonly found: Found | null
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
  /** The message that a search has led to. */
  readonly selected: Selected
  readonly completing: Completing | null
  readonly overlay: Overlay | null
  /** Ctrl-Z was the last key: once more, and the server stops. */
  readonly warned: boolean
}

/** What is in sight. */
export const conversationOf = ({ past, life }: Desk): Conversation => past ?? life

/** The message of input `seq` has lost its text. */
export const erasedFrom = (desk: Desk, seq: number): Desk => ({
  ...desk,
  life: erased(desk.life, seq),
  past: desk.past && erased(desk.past, seq),
  found: desk.found && erasedIn(desk.found, seq),
})

/** What lies over the room's life and the list of people. */
export type Overlay =
  /** A code for telephones, line by line. */
  | { readonly kind: 'picture'; readonly lines: readonly string[] }
  /** Lines for the width that there is, in columns, in sight from line `from` on. */
  | { readonly kind: 'wide'; readonly lines: (columns: number) => readonly string[]; readonly from: number }
  /** What a search found, and which of it is selected, the latest being 0. */
  | { readonly kind: 'found'; readonly hit: number }

export const newDeskUi: DeskUi = {
  editor: emptyEditor,
  typed: nothingTyped,
  anchor: null,
  selected: null,
  completing: null,
  overlay: null,
  warned: false,
}
