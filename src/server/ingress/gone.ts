/** Somebody who has left is still known, by its session that has lapsed or by what it wrote lately. */
import type { MemberId } from '../../model/input.ts'
import { GONE_LOOKED, HISTORY_PAGE_MAX } from '../../model/limits.ts'
import { nameKey } from '../../model/name/name.ts'
import type { State } from '../../model/state.ts'
import type { History, HistoryRange } from '../../port/history.ts'

/**
 * The id of the last one that had a name, by its key, which nobody has now; undefined: none is known. `room` null: in all
 * rooms. Throws if the history is damaged.
 */
export const idOfGone = (state: State, history: History, key: string, room: string | null): MemberId | undefined =>
  lapsedAs(state, key) ?? authorAs(history, key, room)

function lapsedAs({ lapsed }: State, key: string): MemberId | undefined {
  let last: MemberId | undefined
  for (const { name, session } of lapsed.values()) if (name.keys.includes(key)) last = session.member
  return last
}

function authorAs(history: History, key: string, room: string | null): MemberId | undefined {
  const part = room === null ? ({ everywhere: true } as const) : { room }
  let range: HistoryRange = { before: Number.MAX_SAFE_INTEGER }
  for (let looked = 0; looked < GONE_LOOKED; ) {
    const { messages, more } = history.page(part, range, Math.min(HISTORY_PAGE_MAX, GONE_LOOKED - looked))
    const found = messages.findLast(({ from }) => nameKey(from) === key)
    const [first] = messages
    if (found || !first || !more) return found?.author
    range = { before: first.seq }
    looked += messages.length
  }
  return undefined
}
