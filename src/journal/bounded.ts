/** Limits a page of messages in number and in bytes of text. A page has at least one message, if there is one. */
import { HISTORY_PAGE_BYTES } from '../model/limits.ts'
import type { Message } from '../model/message/message.ts'
import { utf8Length } from '../model/text.ts'
import type { HistoryPage } from '../port/history.ts'

/** The first of `messages` that fit. Reads at most one beyond them. */
export function firstOf(found: Iterable<Message>, limit: number): HistoryPage {
  const messages: Message[] = []
  let bytes = 0
  for (const message of found) {
    bytes += utf8Length(message.text ?? '')
    if (messages.length >= limit || (bytes > HISTORY_PAGE_BYTES && messages.length > 0)) return { messages, more: true }
    messages.push(message)
  }
  return { messages, more: false }
}

/** The same for messages that come latest first. The page is oldest first. */
export function latestOf(found: Iterable<Message>, limit: number): HistoryPage {
  const { messages, more } = firstOf(found, limit)
  return { messages: messages.toReversed(), more }
}
