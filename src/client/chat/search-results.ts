/** The results of a search, in the order in which screens list them: the latest first. Each leads to its message. */

import { placeOfPrivate } from './people/private-people.ts'
import { inRoom, type Where } from './place.ts'
import type { Chat, Found } from './state.ts'

export type Hit = Found['messages'][number]

export const hitsOf = ({ messages }: Found): readonly Hit[] => [...messages].sort((a, b) => b.seq - a.seq)

/** The message of input `seq` has lost its text. */
export function erasedIn(found: Found, seq: number): Found {
  if (!found.messages.some(one => one.seq === seq)) return found
  const messages = found.messages.map(({ text, ...one }) =>
    one.seq === seq || text === undefined ? one : { ...one, text },
  )
  return { ...found, messages }
}

export const placeOfHit = (chat: Pick<Chat, 'people' | 'view'>, hit: Hit): Where =>
  hit.room !== undefined ? inRoom(hit.room) : placeOfPrivate(chat, hit)
