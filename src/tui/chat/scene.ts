/** The scene of a chat: what the talk knows and what the screen knows, drawn together; strokes become acts, carried out here. */
import type { Talk } from '../../client/talk.ts'
import type { ClockFace } from '../clock-face.ts'
import type { Request, Scene } from '../stage/scene.ts'
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
  chat$.subscribe(chat => {
    ui = turnTo(ui, chat.where)
    if (chat.bells > bells) bell()
    bells = chat.bells
  })

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
        talk.earlier(chat$.value.where)
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
      const [next, acts] = press(ui, stroke, { chat: chat$.value, size, face })
      ui = next
      let request: Request | null = null
      for (const one of acts) request = act(one) ?? request
      return request
    },
    ticks: () => chat$.value.status.state === 'waiting',
  }
}
