/** A line that is being typed, kept below all that is written meanwhile; closed, it leaves nothing on the screen. */
import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { type AroundStop, jobControl, simply } from '../tui/stage/job-control.ts'

export type Prompt = {
  /** Writes lines above the one being typed, which keeps its place below them. */
  readonly show: (lines: readonly string[]) => void
  /** Takes the line that was just entered off the screen. */
  readonly erase: (line: string) => void
  readonly lines: Interface
  /** Stops the program, as Ctrl-Z does. */
  readonly suspend: () => void
}

/** `ask` gives the prompt as it is to be now; `onStop` is what Ctrl-Z does, and `around` is called for each stop. */
export function createPrompt(
  input: Readable,
  output: Writable,
  ask: () => string,
  completer: (line: string) => [string[], string],
  onStop?: () => void,
  around: AroundStop = simply,
): Prompt {
  const lines = createInterface({ input, output, terminal: true, historySize: 500, completer })
  keepWhole(lines)
  let open = true
  // A window that was closed can neither be read nor written: as the end of what is typed. To close fails once more.
  lines.once('error', () => {
    lines.on('error', () => {})
    lines.close()
  })
  output.on('error', () => {})
  const { suspend, dispose } = jobControl(async stopped => {
    clearFrom(lines.getCursorPos().rows)
    setRaw(input, false)
    await around(stopped)
    setRaw(input, true)
    if (open) lines.prompt(true)
  })
  // Readline by itself would stop this process alone, and not the launcher for which the shell waits.
  lines.on('SIGTSTP', onStop ?? suspend)
  lines.once('close', () => {
    open = false
    dispose()
    clearFrom(lines.getCursorPos().rows)
  })

  const clearFrom = (rowsUp: number): void => {
    moveCursor(output, 0, -rowsUp)
    cursorTo(output, 0)
    clearScreenDown(output)
  }

  return {
    lines,
    suspend,
    show(shown) {
      if (open) clearFrom(lines.getCursorPos().rows)
      for (const line of shown) output.write(`${line}\n`)
      if (!open) return
      lines.setPrompt(ask())
      lines.prompt(true)
    },
    erase(line) {
      // A terminal that nobody has told its size has 0 columns.
      const columns = ('columns' in output && Number(output.columns)) || 80
      clearFrom(Math.max(1, Math.ceil(screenWidth(lines.getPrompt() + line) / columns)))
    },
  }
}

/** For a terminal that knows no escapes, as that of an editor: lines in and lines out, and no prompt between them. */
export function createDumbPrompt(input: Readable, output: Writable, around: AroundStop = simply): Prompt {
  const lines = createInterface({ input, terminal: false })
  const { suspend, dispose } = jobControl(around)
  output.on('error', () => {})
  lines.once('close', dispose)
  return {
    lines,
    suspend,
    show: shown => void output.write(shown.map(line => `${line}\n`).join('')),
    erase: () => {},
  }
}

export const isDumb = ({ TERM }: NodeJS.ProcessEnv): boolean => TERM === 'dumb'

const setRaw = (input: Readable, raw: boolean): void => {
  if ('setRawMode' in input && typeof input.setRawMode === 'function') input.setRawMode(raw)
}

/**
 * To readline U+2028 and U+2029 end a line, as Enter does; they are text, and what is pasted is not to be sent by them.
 * It has one line, so they are spaces here.
 */
function keepWhole(lines: Interface): void {
  const typing = lines as unknown as { _ttyWrite: (text: unknown, key: unknown) => void }
  const write = typing._ttyWrite
  typing._ttyWrite = (text, key) =>
    write.call(lines, typeof text === 'string' ? text.replace(/[\u2028\u2029]/g, ' ') : text, key)
}

/** Columns that a text takes on a terminal: East Asian characters and emoji take two, combining marks none. */
export function screenWidth(text: string): number {
  let columns = 0
  for (const { segment } of graphemes.segment(text)) columns += WIDE.test(segment) ? 2 : NARROW.test(segment) ? 1 : 0
  return columns
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]|\p{Emoji}\uFE0F/u
const NARROW = /[^\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u
