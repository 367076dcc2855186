/** Tells the chat whether its latest messages are seen: the list is at its end, in a visible tab. */
import { useEffect, useRef } from 'react'
import type { ChatStore } from '../../../client/chat/chat-store.ts'

const isVisible = (): boolean => document.visibilityState === 'visible'

/** Call it when the end of the list comes into sight or leaves it. A list begins at its end. */
export function useSight(talk: ChatStore, isExcerpt: boolean): (isInSight: boolean) => void {
  const seen = useRef(true)
  const look = (): void => talk.see(seen.current && !isExcerpt && isVisible())
  const now = useRef(look)
  now.current = look
  useEffect(() => {
    const changed = (): void => now.current()
    document.addEventListener('visibilitychange', changed)
    return () => document.removeEventListener('visibilitychange', changed)
  }, [])
  useEffect(() => talk.see(seen.current && !isExcerpt && isVisible()), [talk, isExcerpt])
  return isInSight => {
    seen.current = isInSight
    look()
  }
}
