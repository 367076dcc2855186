/** The scene of a chat: what the talk knows and what the screen knows, drawn together; strokes become acts, carried out here. */
import type { Talk } from '../../client/talk.ts'
import type { ClockFace } from '../clock-face.ts'
import type { Request, Scene, Size } from '../stage/scene.ts'
import { chatFrame } from './frame.ts'
import { type Act, press } from './press.ts'
import { newUi, turnTo } from './ui.ts'

/** What is outside of the screen. */
export type Outside = {
  readonly face: ClockFace
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly bell: () => void
  readonly leave: (reason: string | null) => void
  /** Connects now instead of waiting. */
  readonly retry: () => void
}

export function chatScene(talk: Talk, { face, now, bell, leave, retry }: Outside): Scene {
  const { chat$ } = talk
  let ui = newUi(chat$.value.where)
  let { bells } = chat$.value
  let seen: Size = { columns: 80, rows: 24 }
  /** What was said before is asked for, and to be in sight when it comes. */
  let isGoingUp = false
  chat$.subscribe(chat => {
    ui = turnTo(ui, chat.where)
    if (chat.bells > bells) bell()
    bells = chat.bells
    if (!isGoingUp || chat.loading) return
    isGoingUp = false
    goUp('pageup')
  })

  /** Up in the messages, and to load more of them where that is the top. */
  function goUp(key: 'home' | 'pageup'): void {
    const [next, acts] = press(ui, { type: 'key', key }, { chat: chat$.value, size: seen, face })
    ui = next
    for (const one of acts) act(one)
  }

  function act(one: Act): Request | null {
    switch (one.do) {
      case 'enter':
        return enter(one.text)
      case 'go':
        talk.go(one.where)
        return null
      case 'earlier':
        talk.earlier(chat$.value.where)
        return null
      case 'see':
        talk.see(one.end)
        if (one.end) talk.latest(chat$.value.where)
        return null
      case 'delete':
        talk.erase(one.seq)
        return null
      case 'close-found':
        talk.closeFound()
        return null
      case 'leave':
        leave(null)
        return null
      case 'retry':
        retry()
        return null
      case 'redraw':
      case 'suspend':
        return one.do
    }
  }

  function enter(text: string): null {
    const entered = talk.enter(text)
    switch (entered.type) {
      case 'done':
      case 'wrong':
      case 'rooms':
        return null
      case 'help':
        ui = { ...ui, help: 0 }
        return null
      case 'earlier':
        goUp('home')
        isGoingUp = chat$.value.loading !== null
        return null
      case 'quit':
        leave(entered.reason)
        return null
    }
  }

  return {
    changed$: chat$,
    draw: size => chatFrame(chat$.value, ui, size, face, now()),
    stroke(stroke, size) {
      seen = size
      const [next, acts] = press(ui, stroke, { chat: chat$.value, size, face })
      ui = next
      let request: Request | null = null
      for (const one of acts) request = act(one) ?? request
      return request
    },
    ticks: () => chat$.value.status.state === 'waiting',
  }
}
