/**
 * A history whose end isn't stored yet, or can't be, because the disk is full. The stored messages come first, and then those in
 * memory. Every message in memory is later than every stored one.
 */
import type { Message } from '../../../model/message/message.ts'
import type { HistoryPage, Unread } from '../../../port/history.ts'
import { firstOf, latestOf } from '../../bounded.ts'
import { from as begunAt, byPlace, type MemoryHistory } from '../../memory-history.ts'
import { NO_OUTPUT } from '../../output.ts'

/** The reads of a history. None of them writes. */
export type HistoryQueries = Pick<
  MemoryHistory,
  | 'page'
  | 'earliest'
  | 'count'
  | 'unread'
  | 'correspondence'
  | 'search'
  | 'find'
  | 'isDeleted'
  | 'textPlaces'
  | 'output'
  | 'latestBy'
  | 'writtenBy'
  | 'editsBeyond'
>

/**
 * `from`: the first message of `later`; infinite if it has none. A search takes several turns, so messages that were in
 * memory when it began may be stored before it gets to the stored messages. It doesn't look at these again.
 */
export const followedBy = (stored: HistoryQueries, later: HistoryQueries, from: number): HistoryQueries => ({
  page(part, asked, limit) {
    // Each of the two begins where the whole begins: a clock may have been ahead of its time in the other.
    const range = 'since' in asked ? begunAt(this.earliest(asked.since)) : asked
    if ('before' in range) {
      const last = later.page(part, range, limit)
      return last.more ? last : before(last, stored.page(part, range, limit - last.messages.length), limit)
    }
    const first = stored.page(part, range, limit)
    if (first.more) return first
    const { messages, more } = later.page(part, range, limit - first.messages.length)
    const page = firstOf([...first.messages, ...messages], limit)
    return { ...page, more: page.more || more }
  },
  earliest(time) {
    const [one, other] = [stored.earliest(time), later.earliest(time)]
    return other === null || (one !== null && one.at <= other.at) ? one : other
  },
  count: (part, since, most) => Math.min(most, stored.count(part, since, most) + later.count(part, since, most)),
  unread(...asked) {
    const [, , , most] = asked
    return both(stored.unread(...asked), later.unread(...asked), most)
  },
  correspondence(member, limit) {
    const last = later.correspondence(member, limit)
    const known = new Set(last.map(({ other }) => other))
    const rest = stored.correspondence(member, limit).filter(({ other }) => !known.has(other))
    return [...last, ...rest].slice(0, limit)
  },
  async search(words, sight, end, limit) {
    const last = await later.search(words, sight, end, limit)
    if (last.more) return last
    const rest = await stored.search(words, sight, Math.min(end, from), limit - last.messages.length)
    return before(last, rest, limit)
  },
  find: (seq): Message | null => later.find(seq) ?? stored.find(seq),
  isDeleted: seq => (seq < from ? stored : later).isDeleted(seq),
  // `stored` knows all pieces, in memory too.
  output: (seq, ...asked) => (later.isDeleted(seq) ? NO_OUTPUT : stored.output(seq, ...asked)),
  textPlaces: seq => (seq < from ? stored : later).textPlaces(seq),
  latestBy: (author, room) => later.latestBy(author, room) ?? stored.latestBy(author, room),
  async writtenBy(author, after, limit) {
    const last = await later.writtenBy(author, after, limit)
    const found = await stored.writtenBy(author, after, limit)
    // Some of those in memory may be stored by now.
    const known = new Set(found.map(({ seq }) => seq))
    return [...found, ...last.filter(({ seq }) => !known.has(seq))].sort(byPlace).slice(0, limit)
  },
  async editsBeyond(until) {
    const last = await later.editsBeyond(until)
    return [...new Set([...(await stored.editsBeyond(until)), ...last])]
  },
})

/** Two counts together, each up to `most`. */
export const both = (one: Unread, other: Unread, most: number): Unread => ({
  unread: Math.min(most, one.unread + other.unread),
  mentions: Math.min(most, one.mentions + other.mentions),
})

/** The latest messages are from memory; the rest of the page is from the file. */
function before(last: HistoryPage, { messages, more }: HistoryPage, limit: number): HistoryPage {
  const page = latestOf([...messages, ...last.messages].reverse(), limit)
  return { ...page, more: page.more || more }
}
