/** The title: the current place, the number of mentions, or a dot for other unread messages. */
import type { Chat } from '../chat/state.ts'

export function titleOf({ conversations, where }: Pick<Chat, 'conversations' | 'where'>): string {
  const mentions = conversations.reduce((sum, at) => sum + at.mentions, 0)
  const unread = conversations.some(at => at.unread > 0)
  return `${mentions > 0 ? `(${mentions}) ` : unread ? '• ' : ''}${where} · rxchat`
}
