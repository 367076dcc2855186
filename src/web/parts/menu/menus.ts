/** The functions that open menus, for the parts of the chat. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import type { Person } from '../../../client/chat/people/roles.ts'
import type { QuickItem } from './quick-items.ts'

export type Menus = {
  readonly onPerson: (person: Person, opener: HTMLElement) => void
  /** The buttons of a message's bar. */
  readonly quick: (said: Said) => readonly QuickItem[]
  /** Opens the emoji to react with. */
  readonly onReact: (said: Said, opener: HTMLElement) => void
  /** Reacts, or takes that back. */
  readonly onEmoji: (seq: number, emoji: string, off: boolean) => void
  /** Asks for the names of the members that have reacted. */
  readonly onReactors: (seq: number) => void
  /** Answers a question; without a place, buzzes. */
  readonly onAnswer: (seq: number, choice?: number) => void
  readonly onCloseQuestion: (seq: number) => void
  /** Milliseconds since the epoch, by the server's clock. */
  readonly serverNow: () => number
  /** Sees to it that a quoted message is fetched. */
  readonly onWant: (seq: number) => void
  /** Goes to a message of this place. */
  readonly onQuoted: (seq: number) => void
  /** Opens a picture. */
  readonly onView: (id: string, opener: HTMLElement) => void
  /** Opens the output of a live message. */
  readonly onOutput: (seq: number, opener: HTMLElement) => void
  readonly linkTo: (seq: number) => string
  readonly onMessage: (said: Said, opener: HTMLElement) => void
}
