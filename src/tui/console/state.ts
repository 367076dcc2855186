/** The state of the host's screen: the events of the rooms, the members, and the text being typed. */

import { altered, type Conversation } from '../../client/chat/conversation/conversation.ts'
import { type Said, withoutText } from '../../client/chat/conversation/timeline.ts'
import { erasedIn } from '../../client/chat/search-results.ts'
import type { Found } from '../../client/chat/state.ts'
import { type Editor, emptyEditor } from '../../client/input/editor.ts'
import { nothingTyped, type TypedLines } from '../../client/input/typed-lines.ts'
import type { LineAnchor } from '../chat/scroll.ts'
import type { Selected } from '../chat/selected/selection.ts'
import type { Completing } from '../completion.ts'

/** A member, connected or in its grace period. Times in milliseconds since the epoch. */
export type Person = {
  readonly name: string
  readonly protocol: string
  readonly since: number
  readonly heardAt: number
  readonly away: boolean
}

export type ConsoleState = {
  readonly life: Conversation
  /** Messages of one room around an older message; null: the live events are shown. */
  readonly past: Conversation | null
  /** The results of the last search. */
  readonly found: Found | null
  /** The number of members. The list of them is updated less often. */
  readonly here: number
  readonly people: readonly Person[]
  /** The address to join, as short as possible. */
  readonly address: string
  readonly startedAt: number
}

export type ConsoleUi = {
  readonly editor: Editor
  readonly typed: TypedLines
  readonly anchor: LineAnchor
  /** The message that a search has led to. */
  readonly selected: Selected
  readonly completing: Completing | null
  readonly overlay: Overlay | null
  /** Overlays that wait until the host has closed a secret, which is shown only once. */
  readonly later: readonly Overlay[]
  /** Ctrl-Z was the last key. Pressing it again suspends the server. */
  readonly warned: boolean
}

/** The conversation that is shown. */
export const conversationOf = ({ past, life }: ConsoleState): Conversation => past ?? life

/** The message of input `seq` has lost its text. */
export function erasedFrom(consoleState: ConsoleState, seq: number): ConsoleState {
  const { found } = consoleState
  return { ...alteredIn(consoleState, seq, withoutText), found: found && erasedIn(found, seq) }
}

/** Changes the message of input `seq` in all places that show it. */
export const alteredIn = (consoleState: ConsoleState, seq: number, change: (said: Said) => Said): ConsoleState => ({
  ...consoleState,
  life: altered(consoleState.life, seq, change),
  past: consoleState.past && altered(consoleState.past, seq, change),
})

/** Output that covers the events and the list of members. `once`: a secret, which nothing else may cover. */
export type Overlay = Drawn & { readonly once?: true }

type Drawn =
  /** A QR code, line by line, and the link in it. `what` describes the link; empty: no description. */
  | { readonly kind: 'picture'; readonly lines: readonly string[]; readonly link: string; readonly what: string }
  /** Lines for the given width in columns, visible from line `from` on. */
  | { readonly kind: 'wide'; readonly lines: (columns: number) => readonly string[]; readonly from: number }
  /** The search results, and the index of the selected one; the latest is 0. */
  | { readonly kind: 'found'; readonly hit: number }

export const newConsoleUi: ConsoleUi = {
  editor: emptyEditor,
  typed: nothingTyped,
  anchor: null,
  selected: null,
  completing: null,
  overlay: null,
  later: [],
  warned: false,
}

/** Draws the overlay now, or when the secret that is shown is closed. */
export const laid = (ui: ConsoleUi, overlay: Overlay): ConsoleUi =>
  ui.overlay?.once ? { ...ui, later: [...ui.later, overlay] } : { ...ui, overlay }

/** The state without the overlay, or with the next one that waits. */
export const closed = (ui: ConsoleUi): ConsoleUi => ({ ...ui, overlay: ui.later[0] ?? null, later: ui.later.slice(1) })
