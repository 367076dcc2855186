/** A command in a real pseudo-terminal, made by python3: a person's input, and the screen. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { PATIENCE_MS, timedOut } from './patience.ts'
import { createScreen, type Screen } from './screen.ts'

export type Terminal = {
  readonly screen: Screen
  readonly type: (keys: string) => void
  /**
   * Resolves when the screen is as wanted; rejects with the screen as it is if the program ends or that does not
   * happen.
   */
  readonly shows: (what: string, wanted: (lines: readonly string[]) => boolean) => Promise<readonly string[]>
  /** Closes the window: the program gets SIGHUP. */
  readonly hangUp: () => void
  /** The exit code, once everything has been shown. */
  readonly exit: Promise<number>
}

export type Size = { readonly columns: number; readonly rows: number }

/** Keys by their names. */
export const KEYS = {
  enter: '\r',
  tab: '\t',
  up: '\u{1b}[A',
  down: '\u{1b}[B',
  left: '\u{1b}[D',
  backspace: '\u{7f}',
  ctrlA: '\u{1}',
  ctrlC: '\u{3}',
  ctrlD: '\u{4}',
  ctrlU: '\u{15}',
  ctrlZ: '\u{1a}',
  escape: '\u{1b}',
  pageUp: '\u{1b}[5~',
  pageDown: '\u{1b}[6~',
  home: '\u{1b}[H',
  end: '\u{1b}[F',
  shiftTab: '\u{1b}[Z',
  altUp: '\u{1b}[1;3A',
  altDown: '\u{1b}[1;3B',
} as const

const SCRIPT = fileURLToPath(new URL('terminal.py', import.meta.url))
/** Ends with the test. */
export function openTerminal(
  command: readonly string[],
  { columns, rows }: Size = { columns: 80, rows: 24 },
): Terminal {
  const screen = createScreen(columns, rows)
  const env = { ...process.env, TERM: 'xterm', LANG: 'C.UTF-8' }
  const child = spawn('python3', [SCRIPT, `${columns}`, `${rows}`, ...command], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const hangUp = (): void => void child.stdin.destroy()
  onTestFinished(hangUp)
  child.stdin.on('error', () => {})
  const watchers = new Set<() => void>()
  let trouble: unknown
  let ended = false
  const look = (): void => {
    for (const watch of [...watchers]) watch()
  }
  child.stdout.setEncoding('utf8').on('data', (shown: string) => {
    try {
      screen.write(shown)
    } catch (error) {
      trouble ??= error
    }
    look()
  })
  const exit = new Promise<number>(resolve => {
    child.on('close', code => {
      ended = true
      look()
      resolve(code ?? -1)
    })
  })

  return {
    screen,
    exit,
    hangUp,
    type: keys => void child.stdin.write(keys),
    shows: (what, wanted) =>
      new Promise((resolve, reject) => {
        const fail = (why: string): void => {
          stop()
          reject(new Error(`${why} ${what}. The screen:\n${screen.lines().join('\n')}`, { cause: trouble }))
        }
        const watch = (): void => {
          if (trouble) return fail('something stray was shown instead of')
          if (wanted(screen.lines())) {
            stop()
            resolve(screen.lines())
          } else if (ended) fail('the program ended without')
        }
        const bored = setTimeout(() => {
          stop()
          reject(timedOut(what, screen.lines().join('\n')))
        }, PATIENCE_MS)
        const stop = (): void => {
          clearTimeout(bored)
          watchers.delete(watch)
        }
        watchers.add(watch)
        watch()
      }),
  }
}
