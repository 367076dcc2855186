/** A program on a real terminal: node-pty runs it, and a headless xterm shows a person's view. */
import { spawn } from '@lydell/node-pty'
import xterm from '@xterm/headless'
import { PATIENCE_MS, timedOut } from './patience.ts'
import type { Size } from './terminal.ts'

export type Drawn = {
  readonly pid: number
  /** Calls back with everything that is written to the terminal, as it comes. */
  readonly onShown: (hear: (shown: string) => void) => void
  /** The rows in sight, without trailing blanks. */
  readonly rows: () => readonly string[]
  readonly cursor: () => { readonly x: number; readonly y: number }
  /** Whether the alternate screen is in sight. */
  readonly isAlternate: () => boolean
  /** Whether a line that is too long continues in the next row. */
  readonly wraps: () => boolean
  /** Everything that was written to the terminal. */
  readonly raw: () => string
  readonly bells: () => number
  readonly type: (keys: string) => void
  /** The way a terminal sends pasted text. */
  readonly paste: (text: string) => void
  readonly resize: (size: Size) => void
  readonly signal: (name: NodeJS.Signals) => void
  /** Ends it, if it has not ended. */
  readonly kill: () => void
  /** Resolves with the rows when they are as wanted; rejects with the rows as they are if that does not happen. */
  readonly shows: (what: string, wanted: (rows: readonly string[]) => boolean) => Promise<readonly string[]>
  /** Resolves when a row has the text. */
  readonly has: (text: string) => Promise<readonly string[]>
  readonly lacks: (text: string) => Promise<readonly string[]>
  /** The exit code, once everything is shown. */
  readonly ended: Promise<number>
  readonly terminal: xterm.Terminal
}

/** Environment variables of a terminal; those that are not given are unset. */
export type Setting = Readonly<Record<string, string>>

export function runOnScreen(command: readonly string[], { columns, rows }: Size, more: Setting = {}): Drawn {
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 500 })
  const [file = '', ...args] = command
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(RXCHAT_|NO_COLOR|FORCE_COLOR|COLOR|CI$|INK_)/.test(name),
  )
  const env = { ...Object.fromEntries(inherited), TZ: 'UTC', LANG: 'C.UTF-8', COLORTERM: 'truecolor', ...more }
  const pty = spawn(file, args, { cols: columns, rows, name: 'xterm-256color', env })
  const watchers = new Set<() => void>()
  const look = (): void => {
    for (const watch of [...watchers]) watch()
  }
  let raw = ''
  let bells = 0
  let over = false
  terminal.onBell(() => bells++)
  /** Between the marks of a synchronized update (private mode 2026) a frame is half drawn. */
  let isHalf = false
  pty.onData(shown => {
    raw += shown
    const opens = raw.lastIndexOf('\u{1b}[?2026h') > raw.lastIndexOf('\u{1b}[?2026l')
    terminal.write(shown, () => {
      isHalf = opens
      look()
    })
  })
  const ended = new Promise<number>(resolve => {
    pty.onExit(({ exitCode, signal }) => {
      // The last output may not be processed yet.
      terminal.write('', () => {
        over = true
        look()
        resolve(signal ? 128 + signal : exitCode)
      })
    })
  })
  const read = (): readonly string[] => {
    const { active } = terminal.buffer
    return Array.from(
      { length: terminal.rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    )
  }

  const shows = (what: string, wanted: (rows: readonly string[]) => boolean): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(bored)
        watchers.delete(watch)
      }
      const fail = (why: string): void => {
        stop()
        reject(new Error(`${why} ${what}. The screen:\n${read().join('\n')}`))
      }
      const watch = (): void => {
        if (isHalf && !over) return
        const rows = read()
        if (wanted(rows)) {
          stop()
          resolve(rows)
        } else if (over) fail('the program ended without')
      }
      const bored = setTimeout(() => {
        stop()
        reject(timedOut(what, read().join('\n')))
      }, PATIENCE_MS)
      watchers.add(watch)
      watch()
    })

  return {
    pid: pty.pid,
    onShown: hear => void pty.onData(hear),
    terminal,
    rows: read,
    cursor: () => ({ x: terminal.buffer.active.cursorX, y: terminal.buffer.active.cursorY }),
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    wraps: () => terminal.modes.wraparoundMode,
    raw: () => raw,
    bells: () => bells,
    type: keys => pty.write(keys),
    paste: text => pty.write(`\u{1b}[200~${text.replaceAll('\n', '\r')}\u{1b}[201~`),
    resize(size) {
      terminal.resize(size.columns, size.rows)
      pty.resize(size.columns, size.rows)
    },
    signal: name => pty.kill(name),
    kill() {
      if (!over) pty.kill('SIGKILL')
    },
    shows,
    has: text => shows(`"${text}"`, rows => rows.some(row => row.includes(text))),
    lacks: text => shows(`no "${text}"`, rows => !rows.some(row => row.includes(text))),
    ended,
  }
}
