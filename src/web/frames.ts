/** What React draws: the chat as of the last frame. A thousand messages in a second are drawn sixty times at most. */
import type { Observable } from 'rxjs'
import type { Chat } from '../client/chat-state.ts'

export type Frames = {
  readonly subscribe: (drawn: () => void) => () => void
  readonly now: () => Chat
  /** Not to wait for the next frame: what is typed next is meant for what is seen next. */
  readonly draw: () => void
  readonly close: () => void
}

/** Nothing is drawn while nobody looks: a hidden page has no frames. */
export function framesOf(chat$: Observable<Chat>, first: Chat): Frames {
  let latest = first
  let drawn = first
  let asked = 0
  const listeners = new Set<() => void>()
  const draw = (): void => {
    asked = 0
    drawn = latest
    for (const listener of listeners) listener()
  }
  const listening = chat$.subscribe(chat => {
    latest = chat
    asked ||= requestAnimationFrame(draw)
  })
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    now: () => drawn,
    draw() {
      cancelAnimationFrame(asked)
      draw()
    },
    close() {
      cancelAnimationFrame(asked)
      listening.unsubscribe()
    },
  }
}
