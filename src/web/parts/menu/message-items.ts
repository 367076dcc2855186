/** The acts on a message. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { pinsIn } from '../../../client/chat/messages/pins.ts'
import { mayDo, type Person } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import type { Subject } from '../keeping/subject.ts'
import { authorOf } from './author.ts'
import type { MenuItem } from './Menu.tsx'

export type MessageActs = {
  readonly copy: (text: string) => void
  readonly link: (seq: number) => string
  readonly react: (said: Said) => void
  readonly reply: (said: Said) => void
  readonly edit: (said: Said) => void
  readonly pin: (seq: number, off: boolean) => void
  readonly erase: (seq: number) => void
  readonly ask: (asked: Asked) => void
  readonly restrict: (subject: Subject) => void
  /** Opens the menu of its author. */
  readonly person: (person: Person) => void
}

export function messageItems(chat: Chat, said: Said, acts: MessageActs): readonly MenuItem[] {
  const { view, where } = chat
  const { seq, text, mine, held } = said
  const room = roomOf(where)
  const author = authorOf(said)
  const items: MenuItem[] = []
  if (held && mayDo(view, 'review', room)) {
    items.push({ label: 'Release', run: () => acts.ask({ type: 'release', seq }) })
    items.push({ label: 'Drop', question: 'Drop it?', run: () => acts.ask({ type: 'drop', seq }) })
  }
  if (text !== null && !held) items.push(...living(chat, said, acts))
  if (text) items.push({ label: 'Copy the text', run: () => acts.copy(text) })
  if (!held) items.push({ label: 'Copy the link', run: () => acts.copy(acts.link(seq)) })
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

/** Acts that others may do on a message too. */
function living(chat: Chat, said: Said, acts: MessageActs): readonly MenuItem[] {
  const { view, where } = chat
  const room = roomOf(where)
  const { seq, mine } = said
  const isPinned = pinsIn(chat, where).some(pin => pin.seq === seq)
  return [
    { label: 'Reply', run: () => acts.reply(said) },
    { label: 'React…', run: () => acts.react(said) },
    ...(mine ? [{ label: 'Edit', run: () => acts.edit(said) }] : []),
    ...(room !== null && mayDo(view, 'topic', room)
      ? [{ label: isPinned ? 'Unpin' : 'Pin', run: () => acts.pin(seq, isPinned) }]
      : []),
  ]
}
