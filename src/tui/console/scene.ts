/** The scene of the host's console. */
import type { BehaviorSubject } from 'rxjs'
import type { Completion } from '../../client/completion.ts'
import type { ClockFace } from '../clock-face.ts'
import type { Scene } from '../stage/scene.ts'
import { type Desk, type DeskUi, newDeskUi, type Overlay } from './desk.ts'
import { deskFrame } from './frame.ts'
import { pressDesk } from './press.ts'

export type DeskOutside = {
  readonly face: ClockFace
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly complete: (before: string) => Completion
  /** Carries a line out; what answers it may be laid over the screen. */
  readonly run: (line: string) => Overlay | null
  /** Says what Ctrl-Z would do. */
  readonly warn: () => void
  /** Stops the server. */
  readonly stop: () => void
}

/** `lay`: over the screen, whenever it comes. */
export type ConsoleScene = Scene & { readonly lay: (overlay: Overlay) => void }

export function consoleScene(
  desk$: BehaviorSubject<Desk>,
  { face, now, complete, run, warn, stop }: DeskOutside,
): ConsoleScene {
  let ui: DeskUi = newDeskUi
  return {
    changed$: desk$,
    // The note that comes with it draws the screen.
    lay(overlay) {
      ui = { ...ui, overlay }
    },
    draw: size => deskFrame(desk$.value, ui, size, face, now()),
    stroke(stroke, size) {
      const [next, act] = pressDesk(ui, stroke, { desk: desk$.value, size, face, complete })
      ui = next
      switch (act?.do) {
        case 'run':
          for (const line of act.line.split('\n')) ui = { ...ui, overlay: run(line) ?? ui.overlay }
          return null
        case 'warn':
          warn()
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
