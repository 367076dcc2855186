/**
 * Takes the terminal for a drawn screen, and restores it at the end, at a crash, and at every exit. Text to be read
 * afterwards is printed after that.
 */
import { render } from 'ink'
import { BehaviorSubject, concatMap, type Observable, Subject } from 'rxjs'
import type { Palette } from '../text/palette.ts'
import { type AroundStop, simply } from './job-control.ts'
import { giveModesBack, leaveScreen, pastesAsTyped, takeModes, type Wanted } from './modes.ts'
import { type Report, withoutReports } from './reports.ts'
import { changesOf, Stage } from './Stage.tsx'
import type { Scene } from './scene.ts'

/**
 * Ink's own frame limit. It's higher than that of use-frames.ts, so that keys needn't wait for the next frame. Events
 * of the rooms are limited there.
 */
const KEYS_PER_SECOND = 60

export type TerminalScreen = {
  readonly show: (scene: Scene) => void
  /** Gives the terminal back; resolves when everything is written. */
  readonly giveBack: () => Promise<void>
  /** Rejects with an error in drawing. */
  readonly failed: Promise<never>
  /** The terminal's answers to questions. */
  readonly answer$: Observable<string>
}

type Taking = {
  /** Called each time Ctrl-Z stops the program. */
  readonly around?: AroundStop
  readonly wanted?: Wanted
}

const NO_MOUSE: Wanted = { mouse: false }

export function takeTerminal(
  first: Scene,
  palette: Palette,
  { around = simply, wanted = NO_MOUSE }: Taking = {},
): TerminalScreen {
  const scene$ = new BehaviorSubject(first)
  const report$ = new Subject<Report>()
  takeModes(wanted)
  const shown = { scene$, changed$: changesOf(scene$), report$, palette, around, wanted }
  const ink = render(<Stage {...shown} />, {
    stdin: withoutReports(process.stdin, report => report$.next(report)),
    exitOnCtrlC: false,
    interactive: true,
    alternateScreen: true,
    incrementalRendering: true,
    isScreenReaderEnabled: false,
    maxFps: KEYS_PER_SECOND,
  })
  const exited = ink.waitUntilExit()
  let taken = true
  const restore = (): void => {
    if (!taken) return
    taken = false
    pastesAsTyped()
    giveModesBack(wanted)
    try {
      ink.unmount()
    } catch {
      // The final draw of a frame that can't be drawn fails too.
      leaveScreen()
    }
  }
  process.on('exit', restore)
  // Node prints an error before it exits, on a screen that is then gone.
  const crash = (error: unknown): void => {
    restore()
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  }
  process.on('uncaughtException', crash)
  return {
    show: scene => scene$.next(scene),
    answer$: report$.pipe(concatMap(report => (report.type === 'answer' ? [report.text] : []))),
    async giveBack() {
      restore()
      await exited.catch(() => {})
      process.off('exit', restore)
      process.off('uncaughtException', crash)
    },
    failed: exited.then(
      () => new Promise<never>(() => {}),
      (error: unknown) => {
        taken = false
        pastesAsTyped()
        giveModesBack(wanted)
        throw error
      },
    ),
  }
}
