/** What opens menus, for the parts of the chat. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import type { Person } from '../../../client/chat/people/roles.ts'
import type { QuickItem } from './quick-items.ts'

export type Menus = {
  readonly onPerson: (person: Person, opener: HTMLElement) => void
  /** The buttons of a message's bar. */
  readonly quick: (said: Said) => readonly QuickItem[]
  readonly onMessage: (said: Said, opener: HTMLElement) => void
}
