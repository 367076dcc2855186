/** The scene of the host's console. */
import type { BehaviorSubject } from 'rxjs'
import type { Completion } from '../../client/completion.ts'
import type { ClockFace } from '../clock-face.ts'
import type { Scene } from '../stage/scene.ts'
import { type Desk, type DeskUi, newDeskUi } from './desk.ts'
import { deskFrame } from './frame.ts'
import { pressDesk } from './press.ts'

export type DeskOutside = {
  readonly face: ClockFace
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly complete: (before: string) => Completion
  /** Carries a line out; a picture that answers it is laid over the screen. */
  readonly run: (line: string) => readonly string[] | null
  /** Stops the server. */
  readonly stop: () => void
}

export function consoleScene(desk$: BehaviorSubject<Desk>, { face, now, complete, run, stop }: DeskOutside): Scene {
  let ui: DeskUi = newDeskUi
  return {
    changed$: desk$,
    draw: size => deskFrame(desk$.value, ui, size, face, now()),
    stroke(stroke, size) {
      const [next, act] = pressDesk(ui, stroke, { desk: desk$.value, size, face, complete })
      ui = next
      switch (act?.do) {
        case 'run':
          for (const line of act.line.split('\n')) ui = { ...ui, picture: run(line) ?? ui.picture }
          return null
        case 'stop':
          stop()
          return null
        case 'suspend':
        case 'redraw':
          return act.do
        case undefined:
          return null
      }
    },
    // Since when, and how long.
    ticks: () => true,
  }
}
