/** The scene of the host's console. */
import { type BehaviorSubject, merge, Subject } from 'rxjs'
import type { Said } from '../../client/chat/conversation/timeline.ts'
import type { Hit } from '../../client/chat/search-results.ts'
import type { Completion } from '../../client/input/completion.ts'
import type { ClockFace } from '../clock-face.ts'
import type { Scene, Size } from '../stage/scene.ts'
import { consoleFrame } from './frame.ts'
import { type ConsoleSeen, pressConsole, selectedAt } from './press.ts'
import { type ConsoleState, type ConsoleUi, laid, newConsoleUi, type Overlay } from './state.ts'

export type ConsoleOutside = {
  readonly face: ClockFace
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly complete: (before: string) => Completion
  /** Runs a line. The answer may be an overlay. */
  readonly run: (line: string) => Overlay | null
  /** Loads the messages around a search result, then calls `select`. */
  readonly seek: (hit: Hit) => void
  readonly more: (way: 'earlier' | 'later') => void
  /** Shows the live events. */
  readonly live: () => void
  /** Explains the effect of Ctrl-Z. */
  readonly warn: () => void
  /** Stops the server. */
  readonly stop: () => void
}

export type ConsoleScene = Scene & {
  /** Draws the overlay over the screen, at any time. */
  readonly lay: (overlay: Overlay) => void
  /** Draws the message inverted, and scrolls to it. */
  readonly select: (message: Said) => void
}

export function consoleScene(
  consoleState$: BehaviorSubject<ConsoleState>,
  { face, now, complete, run, seek, more, live, warn, stop }: ConsoleOutside,
): ConsoleScene {
  let ui: ConsoleUi = newConsoleUi
  let seen: Size = { columns: 80, rows: 24 }
  const turned$ = new Subject<void>()
  const seenNow = (): ConsoleSeen => ({ consoleState: consoleState$.value, size: seen, face, complete })
  const turn = (next: ConsoleUi): void => {
    ui = next
    turned$.next()
  }
  return {
    changed$: merge(consoleState$, turned$),
    lay: overlay => turn(laid(ui, overlay)),
    select: ({ seq, i }) => turn(selectedAt(ui, { seq, i, asking: null }, seenNow())),
    draw: size => consoleFrame(consoleState$.value, ui, size, face, now()),
    stroke(stroke, size) {
      seen = size
      const [next, act] = pressConsole(ui, stroke, seenNow())
      ui = next
      switch (act?.type) {
        case 'seek':
          seek(act.hit)
          return null
        case 'more':
          more(act.way)
          return null
        case 'live':
          live()
          return null
        case 'run':
          live()
          for (const line of act.line.split('\n')) {
            const overlay = run(line)
            if (overlay) ui = laid(ui, overlay)
          }
          return null
        case 'warn':
          warn()
          return null
        case 'stop':
          stop()
          return null
        case 'suspend':
        case 'redraw':
          return act.type
        case undefined:
          return null
      }
    },
    // The uptime and the idle times change every second.
    ticks: () => true,
  }
}
