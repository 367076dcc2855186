/**
 * A past of which the end cannot be stored, since the disk is full: what is stored, and after it what is in memory only.
 * Every message in memory is later than every stored one.
 */
import type { Message } from '../../model/message.ts'
import type { History, Page } from '../../port/history.ts'

/** What is asked of a past; nothing of it writes. */
export type Reading = Pick<History, 'page' | 'count' | 'search' | 'find' | 'latestBy'>

export const followedBy = (stored: Reading, later: Reading): Reading => ({
  page(part, range, limit) {
    if ('before' in range) return latestOf(limit, n => stored.page(part, range, n), later.page(part, range, limit))
    const first = stored.page(part, range, limit)
    if (first.more) return first
    const { messages, more } = later.page(part, range, limit - first.messages.length)
    return { messages: [...first.messages, ...messages], more }
  },
  count: (part, after, most) => Math.min(most, stored.count(part, after, most) + later.count(part, after, most)),
  search: (words, sight, before, limit) =>
    latestOf(limit, n => stored.search(words, sight, before, n), later.search(words, sight, before, limit)),
  find: (seq): Message | null => later.find(seq) ?? stored.find(seq),
  latestBy: (author, room) => later.latestBy(author, room) ?? stored.latestBy(author, room),
})

/** The latest ones are in memory; the rest of what was asked for is stored. */
function latestOf(limit: number, earlier: (limit: number) => Page, last: Page): Page {
  if (last.more) return last
  const { messages, more } = earlier(limit - last.messages.length)
  return { messages: [...messages, ...last.messages], more }
}
