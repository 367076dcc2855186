/** The props of the panel of one's own name. */
import type { Chat } from '../../../client/chat/state.ts'
import type { Visit } from '../../visit/visit.ts'

export type AccountPart = 'register' | 'sign-in'

export type AccountProps = {
  readonly chat: Chat
  readonly visit: Visit
  /** The part that a guest sees first. */
  readonly part: AccountPart
  /** The name to sign in to, as it was typed. */
  readonly name: string
  readonly onClose: () => void
}
