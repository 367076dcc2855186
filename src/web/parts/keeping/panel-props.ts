/** The props of each panel (KeepingPanel.tsx). */
import type { Chat } from '../../../client/chat/state.ts'
import type { Visit } from '../../visit/visit.ts'

export type PanelProps = {
  readonly visit: Visit
  readonly chat: Chat
  /** Null: the place is no room of one's own. */
  readonly room: string | null
  readonly onClose: () => void
}
