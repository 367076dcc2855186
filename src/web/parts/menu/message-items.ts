/** What can be done about a message. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { mayDo, type Person } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import type { Subject } from '../keeping/subject.ts'
import { authorOf } from './author.ts'
import type { MenuItem } from './Menu.tsx'

export type MessageActs = {
  readonly copy: (text: string) => void
  readonly erase: (seq: number) => void
  readonly ask: (asked: Asked) => void
  readonly restrict: (subject: Subject) => void
  /** Opens the menu of its author. */
  readonly person: (person: Person) => void
}

export function messageItems({ view, where }: Chat, said: Said, acts: MessageActs): readonly MenuItem[] {
  const { seq, text, mine, held } = said
  const room = roomOf(where)
  const author = authorOf(said)
  const items: MenuItem[] = []
  if (held && mayDo(view, 'review', room)) {
    items.push({ label: 'Release', run: () => acts.ask({ type: 'release', seq }) })
    items.push({ label: 'Drop', question: 'Drop it?', run: () => acts.ask({ type: 'drop', seq }) })
  }
  if (text !== null) items.push({ label: 'Copy the text', run: () => acts.copy(text) })
  const mayDelete = mine || (room !== null && mayDo(view, 'delete', room, author))
  if (text !== null && !held && mayDelete)
    items.push({ label: 'Delete', question: 'Delete it?', run: () => acts.erase(seq) })
  if (mine) return items
  if (room !== null && mayDo(view, 'purge', room, author))
    items.push({
      label: 'Delete more of this author…',
      run: () => acts.restrict({ act: 'purge', person: author, room }),
    })
  items.push({ label: `About ${said.from}`, begins: items.length > 0, run: () => acts.person(author) })
  return items
}
