/** Tells the chat whether its latest messages are seen: the list is at its end, in a visible tab. */
import { useEffect, useRef } from 'react'
import type { ChatStore } from '../../../client/chat/chat-store.ts'

const isVisible = (): boolean => document.visibilityState === 'visible'

/** `seesEnd`: what the chat knows of it. To be called when the end comes into sight or leaves it. */
export function useSight(talk: ChatStore, seesEnd: boolean, isExcerpt: boolean): (isInSight: boolean) => void {
  const seen = useRef(seesEnd)
  useEffect(() => {
    const look = (): void => talk.see(seen.current && isVisible())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [talk])
  return isInSight => {
    seen.current = isInSight
    talk.see(isInSight && !isExcerpt && isVisible())
  }
}
