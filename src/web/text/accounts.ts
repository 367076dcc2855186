/** Whether a name is an account, as far as one's own rooms and conversations show it. */
import { withPerson } from '../../client/chat/place.ts'
import type { Chat } from '../../client/chat/state.ts'

type Known = Pick<Chat, 'view' | 'conversations'>

export const hasAccount = ({ view, conversations }: Known, name: string): boolean =>
  view.rooms.some(({ members }) => members.get(name)?.account === true) ||
  conversations.get(withPerson(name))?.account === true
