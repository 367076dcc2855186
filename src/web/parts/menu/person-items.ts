/** The acts on a member, as the table of acts allows them. */
import { mayDo, type Person, roleOf } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'
import type { ActName } from '../../../model/keeping/acts.ts'
import { HOST_NAME } from '../../../model/name/standing.ts'
import type { Subject } from '../keeping/subject.ts'
import type { MenuItem } from './Menu.tsx'

export type PersonActs = {
  readonly message: (name: string) => void
  readonly mention: (name: string) => void
  readonly ask: (asked: Asked) => void
  /** Opens the dialog for an act with a time and a reason. */
  readonly restrict: (subject: Subject) => void
}

export function personItems(chat: Chat, person: Person, acts: PersonActs): readonly MenuItem[] {
  const { name } = person
  const isHost = name === HOST_NAME
  const isIgnored = person.id !== undefined && chat.view.ignored.has(person.id)
  const room = roomOf(chat.where)
  const who = person.id === undefined ? { who: name } : { who: name, id: person.id }
  return [
    ...(isHost ? [] : [{ label: 'Message', run: () => acts.message(name) }]),
    ...(room === null ? [] : [{ label: 'Mention', run: () => acts.mention(name) }]),
    ...(isHost
      ? []
      : [
          {
            label: isIgnored ? 'Stop ignoring' : 'Ignore',
            run: () => acts.ask({ type: isIgnored ? 'unignore' : 'ignore', ...who }),
          },
        ]),
    ...keeping(chat, person, room, who, acts),
  ]
}

type Who = { readonly who: string; readonly id?: string }

function keeping({ view }: Chat, person: Person, room: string | null, who: Who, acts: PersonActs): readonly MenuItem[] {
  const { name } = person
  const may = (act: ActName): boolean => mayDo(view, act, room, person)
  const role = roleOf(view, room, person)
  const restrict = (act: Subject['act']) => () => acts.restrict({ act, person, room })
  const items: MenuItem[] = []
  if (room !== null && may('voice') && role !== 'operator') {
    const has = role === 'voice'
    items.push({
      label: has ? 'Take the voice away' : 'Give a voice',
      run: () => acts.ask({ type: has ? 'devoice' : 'voice', room, ...who }),
    })
  }
  if (room !== null && may('operator')) {
    const has = role === 'operator'
    items.push({
      label: has ? 'Take the role of operator away' : 'Make an operator',
      question: has ? `Take it from ${name}?` : `Make ${name} an operator?`,
      run: () => acts.ask({ type: has ? 'deop' : 'op', room, ...who }),
    })
  }
  if (may('mute')) items.push({ label: 'Mute…', run: restrict('mute') })
  if (may('kick')) items.push({ label: 'Kick…', run: restrict('kick') })
  if (may('ban')) items.push({ label: 'Ban…', run: restrict('ban') })
  if (may('purge')) items.push({ label: 'Delete messages…', run: restrict('purge') })
  return items.map((item, index) => (index === 0 ? { ...item, begins: true } : item))
}
