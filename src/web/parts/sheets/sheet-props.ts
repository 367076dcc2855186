import type { ChatStore } from '../../../client/chat/chat-store.ts'
import type { Where } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'

export type SheetProps = {
  readonly chat: Chat
  readonly talk: ChatStore
  /** Goes to a message. */
  readonly onMessage: (where: Where, seq: number) => void
  readonly onGo: (where: Where) => void
  readonly onClose: () => void
}
