/** The keys of the list of people: arrows select one, Enter begins a direct conversation. Pure. */
import { personOf, roomOf, type Where, withPerson } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { inOrder } from './list.ts'

/** The person whose card is open. */
export type SelectedPerson = { readonly name: string }

type PersonPressed =
  | { readonly type: 'to'; readonly person: SelectedPerson }
  | { readonly type: 'talk'; readonly where: Where }
  | { readonly type: 'close' }

/** The names in the list. Somebody who has left since comes first, so that the card stays. */
export function peopleIn({ view, where }: Pick<Chat, 'view' | 'where'>, { name }: SelectedPerson): readonly string[] {
  const room = view.rooms.get(roomOf(where) ?? '')
  const other = personOf(where)
  const names = room ? inOrder(room).map(one => one.name) : other === null ? [] : [other, view.name]
  return names.includes(name) ? names : [name, ...names]
}

/** The first person of the list; null: the list is empty. */
export function firstPerson(chat: Pick<Chat, 'view' | 'where'>): SelectedPerson | null {
  const person = personOf(chat.where)
  if (person !== null) return { name: person }
  const room = chat.view.rooms.get(roomOf(chat.where) ?? '')
  const [first] = room ? inOrder(room) : []
  return first ? { name: first.name } : null
}

/** Null: the key is for something else. `page`: how many lines a page has. */
export function pressPeople(
  chat: Pick<Chat, 'view' | 'where'>,
  at: SelectedPerson,
  key: string,
  page: number,
): PersonPressed | null {
  const to = (by: number): PersonPressed => {
    const names = peopleIn(chat, at)
    const index = Math.max(0, Math.min(names.indexOf(at.name) + by, names.length - 1))
    return { type: 'to', person: { name: names[index] ?? at.name } }
  }
  switch (key) {
    case 'up':
    case 'wheelup':
      return to(-1)
    case 'down':
    case 'wheeldown':
      return to(1)
    case 'pageup':
      return to(-page)
    case 'pagedown':
      return to(page)
    case 'home':
      return to(-ALL)
    case 'end':
      return to(ALL)
    case 'enter':
      return at.name === chat.view.name ? { type: 'close' } : { type: 'talk', where: withPerson(at.name) }
    case 'escape':
      return { type: 'close' }
    default:
      return null
  }
}

const ALL = Number.MAX_SAFE_INTEGER
