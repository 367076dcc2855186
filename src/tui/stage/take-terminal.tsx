/**
 * Takes the terminal for a drawn screen, and gives it back as it was: at the end, at a crash, and at every exit. What is
 * to be read afterwards is printed after that.
 */
import { render } from 'ink'
import { BehaviorSubject } from 'rxjs'
import type { Palette } from '../text/palette.ts'
import { type AroundStop, simply } from './job-control.ts'
import { leaveScreen, pastesAsTyped, wrapsLines } from './modes.ts'
import { changesOf, Stage } from './Stage.tsx'
import type { Scene } from './scene.ts'

/**
 * Ink's own bound, above that of use-frames.ts: what the room brings waits there for its frame, and a key need not wait
 * for the next one.
 */
const KEYS_PER_SECOND = 60

export type Taken = {
  readonly show: (scene: Scene) => void
  /** Gives the terminal back; resolves when all is written. */
  readonly giveBack: () => Promise<void>
  /** Rejects with what went wrong in drawing. */
  readonly failed: Promise<never>
}

/** `around` is called for each stop of the program by Ctrl-Z. */
export function takeTerminal(first: Scene, palette: Palette, around: AroundStop = simply): Taken {
  const scene$ = new BehaviorSubject(first)
  wrapsLines(false)
  const ink = render(<Stage scene$={scene$} changed$={changesOf(scene$)} palette={palette} around={around} />, {
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
    try {
      ink.unmount()
    } catch {
      // What cannot be drawn cannot be drawn once more at the end either.
      leaveScreen()
    }
    wrapsLines(true)
  }
  process.on('exit', restore)
  // Node tells of an error before it exits: on a screen that is gone then.
  const crash = (error: unknown): void => {
    restore()
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  }
  process.on('uncaughtException', crash)
  return {
    show: scene => scene$.next(scene),
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
        wrapsLines(true)
        throw error
      },
    ),
  }
}
