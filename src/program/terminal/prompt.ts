/** A line being typed, kept below all other output. When it's closed, it leaves nothing on the screen. */

import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { graphemesIn } from '../../client/input/graphemes.ts'
import { type AroundStop, jobControl, simply } from '../../tui/stage/job-control.ts'
import { type HiddenInput, hiddenInput, type TypedKey } from './hidden-input.ts'

export type Prompt = {
  /** Writes lines above the one being typed. */
  readonly show: (lines: readonly string[]) => void
  /** Removes the line that was just entered from the screen. */
  readonly erase: (line: string) => void
  readonly lines: Interface
  /** Suspends the program, as Ctrl-Z does. */
  readonly suspend: () => void
  /** Asks for a line that is not shown; null: the user has given up. Absent: this terminal can't hide it. */
  readonly secret?: (question: string) => Promise<string | null>
}

/** `ask` returns the current prompt. `onStop` handles Ctrl-Z. `around` is called for each stop. */
export function createPrompt(
  input: Readable,
  output: Writable,
  ask: () => string,
  completer: (line: string) => [string[], string],
  onStop?: () => void,
  around: AroundStop = simply,
): Prompt {
  const lines = createInterface({ input, output, terminal: true, historySize: 500, completer })
  let hidden: { readonly question: string; readonly input: HiddenInput } | null = null
  onKeys(lines, (text, key) => hidden?.input.press(text, key) !== undefined)
  let open = true
  // A closed window can't be read or written: treated as the end of the input. Closing fails once more.
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
  // Readline itself would stop only this process, not the launcher that the shell waits for.
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
      lines.setPrompt(hidden?.question ?? ask())
      lines.prompt(true)
    },
    secret: question =>
      new Promise(resolve => {
        const answer = (line: string | null): void => {
          hidden = null
          resolve(line)
          if (open) clearFrom(lines.getCursorPos().rows)
        }
        hidden = { question, input: hiddenInput(answer) }
        lines.once('close', hidden.input.cancel)
        lines.setPrompt(question)
        lines.prompt(true)
      }),
    erase(line) {
      // A terminal whose size isn't known has 0 columns.
      const columns = ('columns' in output && Number(output.columns)) || 80
      clearFrom(Math.max(1, Math.ceil(screenWidth(lines.getPrompt() + line) / columns)))
    },
  }
}

/** For a terminal without escape sequences, such as an editor's: lines in and lines out, without a prompt. */
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
 * Keys that `take` takes don't reach readline. For readline, U+2028 and U+2029 end a line, as Enter does. In pasted text
 * they mustn't send it. The input is one line, so they become spaces.
 */
function onKeys(lines: Interface, take: (text: string | undefined, key: TypedKey) => boolean): void {
  const typing = lines as unknown as { _ttyWrite: (text: string | undefined, key: TypedKey) => void }
  const write = typing._ttyWrite
  typing._ttyWrite = (text, key) => {
    if (!take(text, key)) write.call(lines, text?.replace(/[\u2028\u2029]/g, ' '), key)
  }
}

/** The columns that a text takes on a terminal: two for East Asian characters and emoji, none for combining marks. */
export function screenWidth(text: string): number {
  let columns = 0
  for (const grapheme of graphemesIn(text)) columns += WIDE.test(grapheme) ? 2 : NARROW.test(grapheme) ? 1 : 0
  return columns
}

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]|\p{Emoji}\uFE0F/u
const NARROW = /[^\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u
