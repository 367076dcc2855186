/** A member that has left is still known, by its lapsed session or by its latest messages. */
import type { MemberId } from '../../../model/input.ts'
import { GONE_LOOKED, HISTORY_PAGE_MAX } from '../../../model/limits.ts'
import type { Message } from '../../../model/message/message.ts'
import { nameKey } from '../../../model/name/name.ts'
import type { Lapsed, State } from '../../../model/state.ts'
import type { History, HistoryRange } from '../../../port/history.ts'

export type Gone = { readonly id: MemberId; readonly name: string }

/**
 * The last one that had a name, by its key, which nobody has now; undefined: none is known. `room` null: in all rooms.
 * Throws if the history is damaged.
 */
export const goneAs = (state: State, history: History, key: string, room: string | null): Gone | undefined =>
  lapsedWith(state, ({ name }) => name.keys.includes(key)) ??
  authorWith(history, room, ({ from }) => nameKey(from) === key)

/** The last name of a member that is not here. */
export const goneWith = (state: State, history: History, id: MemberId, room: string | null): Gone | undefined =>
  lapsedWith(state, ({ session }) => session.member === id) ?? authorWith(history, room, ({ author }) => author === id)

function lapsedWith({ lapsed }: State, isMeant: (one: Lapsed) => boolean): Gone | undefined {
  const last = lapsed.findLast(isMeant)
  return last && { id: last.session.member, name: last.name.text }
}

function authorWith(history: History, room: string | null, isMeant: (one: Message) => boolean): Gone | undefined {
  const part = room === null ? ({ everywhere: true } as const) : { room }
  let range: HistoryRange = { before: Number.MAX_SAFE_INTEGER }
  for (let looked = 0; looked < GONE_LOOKED; ) {
    const { messages, more } = history.page(part, range, Math.min(HISTORY_PAGE_MAX, GONE_LOOKED - looked))
    const found = messages.findLast(isMeant)
    const [first] = messages
    if (found) return { id: found.author, name: found.from }
    if (!first || !more) return undefined
    range = { before: first.seq }
    looked += messages.length
  }
  return undefined
}
