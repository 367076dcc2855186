/** What opens menus, for the parts of the chat. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import type { Person } from '../../../client/chat/people/roles.ts'

export type Menus = {
  readonly onPerson: (person: Person, opener: HTMLElement) => void
  readonly onMessage: (said: Said, opener: HTMLElement) => void
}
