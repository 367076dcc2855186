/** Why one can't write here now; drawn anew each second while it lasts. */
import type { Wait } from '../../../client/chat/keeping/wait.ts'
import { serverTime, waitIn } from '../../../client/chat/keeping/waits.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { useNow } from '../use-now.ts'

const SECOND_MS = 1000

/** `now` by the server's clock. */
export function useWait(chat: Chat, clock: () => number): { readonly wait: Wait | null; readonly now: number } {
  const here = serverTime(chat, clock())
  const isTimed = (waitIn(chat, chat.where, here)?.until ?? null) !== null
  const now = serverTime(chat, useNow(clock, isTimed ? SECOND_MS : 0))
  return { wait: waitIn(chat, chat.where, now), now }
}

/** Whether a text is for others to read: commands can be given while one can't write. */
export const isForOthers = (text: string): boolean =>
  text.includes('\n') || !text.startsWith('/') || text.startsWith('//') || /^\/me\b/i.test(text)
