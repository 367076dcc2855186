/** The reads that the server doesn't know of yet: the end of the place that is shown, or everything that is printed. */
import type { ReadMark } from '../session/state.ts'
import { type Conversation, endOf } from './conversation/conversation.ts'
import { idOf } from './people/private-people.ts'
import { personOf, roomOf, type Where } from './place.ts'
import type { Chat } from './state.ts'

type Unreported = { readonly where: Where; readonly mark: ReadMark }

export function unreported(chat: Chat): readonly Unreported[] {
  if (!chat.view.counted || chat.status.state !== 'online') return []
  const places = chat.printsAll ? [...chat.conversations.keys()] : [chat.where]
  return places.flatMap(where => {
    const at = chat.conversations.get(where)
    const seq = at ? seenIn(chat, at) : 0
    return at && seq > (at.read ?? 0) ? [{ where, mark: { ...placeOf(chat, where), seq } }] : []
  })
}

/** An excerpt of the history doesn't show the end of the place. */
function seenIn({ where, seesEnd, printsAll }: Chat, at: Conversation): number {
  if (where === at.where && seesEnd && at.excerpt === null) return endOf(at)
  return printsAll ? at.seenTo : 0
}

function placeOf(chat: Chat, where: Where) {
  const [room, name] = [roomOf(where), personOf(where) ?? '']
  if (room !== null) return { room }
  const id = idOf(chat, name)
  return id === undefined ? { with: name } : { with: name, id }
}
