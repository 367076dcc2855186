/** Whether a name is an account, as far as one's own rooms show it. */
import type { Chat } from '../../client/chat/state.ts'

export const hasAccount = ({ view }: Pick<Chat, 'view'>, name: string): boolean =>
  view.rooms.some(({ members }) => members.get(name)?.account === true)
