/** The past of a room on the host's screen: a page around a found message, and more pages at both ends. */

import { type Conversation, newConversation } from '../../../../client/chat/conversation/conversation.ts'
import { type ExcerptPage, grownAbove, grownBelow, opened } from '../../../../client/chat/conversation/excerpt.ts'
import { inRoom, roomOf } from '../../../../client/chat/place.ts'
import type { Found } from '../../../../client/chat/state.ts'
import type { HistoryLine, PastTold } from '../../../../codec/past-lines.ts'
import { HISTORY_ON_JOIN } from '../../../../model/limits.ts'
import type { Server } from '../../../../server/server.ts'
import { saidEntry } from './live-entries.ts'

type Asks = Pick<Server, 'ask'>

/** In the form of the screens. */
export const foundOf = ({ words, messages, more }: PastTold): Found => ({
  words: words ?? '',
  messages: messages.map(({ seq, at, room, from, action, text }) => ({
    ...{ seq, at, from },
    ...(room === null ? {} : { room }),
    ...(action ? { action } : {}),
    ...(text === null ? {} : { text }),
  })),
  more,
})

/** The message of input `seq`, with the messages before and after it. Rejects if the data is damaged. */
export async function lookBack(server: Asks, room: string, seq: number): Promise<Conversation> {
  const before = await page(server, room, { before: seq + 1 })
  const opening = opened(newConversation(inRoom(room)), { ...before, from: before.entries[0]?.seq ?? seq, to: seq })
  return lookOn({ ...opening, past: before.more ? 'more' : 'all' }, await page(server, room, { after: seq }))
}

/** Adds the page before or after. Rejects if the data is damaged. */
export async function lookFurther(server: Asks, past: Conversation, way: 'earlier' | 'later'): Promise<Conversation> {
  const { excerpt } = past
  const room = roomOf(past.where)
  if (!excerpt || room === null) return past
  if (way === 'later') return lookOn(past, await page(server, room, { after: excerpt.to }))
  if (past.past === 'all') return past
  const above = await page(server, room, { before: excerpt.from })
  const from = above.entries[0]?.seq ?? excerpt.from
  return { ...grownAbove(past, { ...above, from }), past: above.more ? 'more' : 'all' }
}

/** It stays an excerpt at its end too: new messages go to the live events. */
function lookOn(past: Conversation, below: Got): Conversation {
  const to = below.entries.at(-1)?.seq ?? past.excerpt?.to ?? 0
  return grownBelow(past, { ...below, to }, true)
}

type Got = ExcerptPage & { readonly more: boolean }

/** `before` and `after` are numbers of inputs. */
async function page(server: Asks, room: string, at: { before: number } | { after: number }): Promise<Got> {
  const range = { before: null, after: null, since: null, ...at }
  const answer = await server.ask({ type: 'history', room, ...range, limit: HISTORY_ON_JOIN })
  const { messages, more } = answer.type === 'past' ? answer : { messages: [], more: false }
  return { entries: messages.map(said), more, from: 0, to: 0 }
}

const said = ({ seq, at, from, text, action }: HistoryLine) => saidEntry({ seq, i: 0, at, from, text, action })
