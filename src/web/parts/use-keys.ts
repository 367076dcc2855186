/** The keys for the whole chat: moving between places, the search, and Escape. */
import { useEffect, useRef } from 'react'
import type { ChatStore } from '../../client/chat/chat-store.ts'
import type { Where } from '../../client/chat/place.ts'
import { nextUnread, placeAt } from '../../client/chat/place-list.ts'
import type { Chat } from '../../client/chat/state.ts'
import { listen } from '../browser/listen.ts'

export function useKeys(talk: ChatStore, turn: (where: Where) => void, search: () => void, leave: () => void): void {
  const now = useRef({ turn, search, leave })
  now.current = { turn, search, leave }
  useEffect(
    () =>
      listen(window, 'keydown', event => {
        const pressed = event as KeyboardEvent
        const to = placeFor(pressed, talk.chat$.value)
        if (to !== undefined) {
          event.preventDefault()
          if (to) now.current.turn(to)
        } else if ((pressed.ctrlKey || pressed.metaKey) && pressed.key === 'k') {
          event.preventDefault()
          now.current.search()
        } else if (pressed.key === 'Escape') now.current.leave()
      }),
    [talk],
  )
}

/** Undefined: none of these keys. Null: no such place. */
function placeFor({ altKey, key }: KeyboardEvent, chat: Chat): Where | null | undefined {
  if (!altKey) return undefined
  if (key === 'ArrowUp') return placeAt(chat, -1)
  if (key === 'ArrowDown') return placeAt(chat, 1)
  return key === 'a' || key === 'å' ? nextUnread(chat) : undefined
}
