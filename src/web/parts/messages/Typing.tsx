/** The members that are typing here. Its line is always there, so nothing moves when somebody begins. */
import { typingIn } from '../../../client/chat/messages/typing.ts'
import { listed } from '../../../client/chat/sentences.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { useNow } from '../use-now.ts'

const NAMED = 3
const TICK_MS = 1000

export function Typing({ chat, clock }: { readonly chat: Chat; readonly clock: () => number }) {
  const now = useNow(clock, chat.typing.has(chat.where) ? TICK_MS : 0)
  const names = typingIn(chat, chat.where, now)?.names ?? []
  return (
    <p className="typing" aria-hidden="true">
      {names.length === 0 ? null : (
        <>
          <span className="typing-dots" />
          <bdi>{listed(names, NAMED)}</bdi> {names.length === 1 ? 'is' : 'are'} typing…
        </>
      )}
    </p>
  )
}
