/** The title: where one is, how often somebody has spoken of one, and a dot where something else waits to be read. */
import type { Chat } from '../../client/chat-state.ts'

export function titleOf({ conversations, where }: Pick<Chat, 'conversations' | 'where'>): string {
  const mentions = conversations.reduce((sum, at) => sum + at.mentions, 0)
  const unread = conversations.some(at => at.unread > 0)
  return `${mentions > 0 ? `(${mentions}) ` : unread ? '• ' : ''}${where} · rxchat`
}
