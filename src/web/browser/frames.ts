/**
 * The state for React: the chat as of the last frame. A thousand messages in a second are drawn at most sixty times.
 */
import type { Observable } from 'rxjs'
import type { Chat } from '../../client/chat/state.ts'

export type Frames = {
  readonly subscribe: (drawn: () => void) => () => void
  readonly now: () => Chat
  /** Draws now instead of at the next frame, so that the next keystroke meets the new state. */
  readonly draw: () => void
  readonly close: () => void
}

/** A hidden page has no frames, so it draws nothing. */
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
