import type { Where } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'

export type SheetProps = {
  readonly chat: Chat
  readonly onGo: (where: Where) => void
  readonly onClose: () => void
}
