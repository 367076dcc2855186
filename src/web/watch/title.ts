/** The title: where one is, and how often somebody has spoken of one elsewhere. */
import type { Chat } from '../../client/chat-state.ts'

export function titleOf({ conversations, where }: Pick<Chat, 'conversations' | 'where'>): string {
  const mentions = conversations.reduce((sum, at) => sum + at.mentions, 0)
  return `${mentions > 0 ? `(${mentions}) ` : ''}${where} · rxchat`
}
