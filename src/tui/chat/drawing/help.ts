/** The help, drawn over the messages. */
import { SLASH_COMMANDS, usage } from '../../../model/slash.ts'
import { blank, type StyledLine, span } from '../../text/line.ts'
import { cut, pad } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'

const KEYS: readonly (readonly [string, string])[] = [
  ['Enter', 'say it; Alt-Enter begins another line'],
  ['Tab', 'complete a name, a room or a command'],
  ['PgUp PgDn', 'scroll; Home and End too, while nothing is typed'],
  ['Alt-Up Alt-Down', 'go to the place above or below in the list'],
  ['Alt-a', 'go where something is unread'],
  ['Alt-m Ctrl-Up', 'select a message: Up and Down go on, Del deletes your own'],
  ['Up Down', 'what you typed before'],
  ['Ctrl-a Ctrl-e', 'to the start and the end of the line'],
  ['Alt-b Alt-f', 'a word back and on; Ctrl-Left and Ctrl-Right too'],
  ['Ctrl-w Alt-d', 'cut the word before and after the cursor'],
  ['Ctrl-u Ctrl-k', 'cut to the start and to the end'],
  ['Ctrl-y', 'put back what was cut'],
  ['Ctrl-r', 'connect now, when the connection is lost'],
  ['Ctrl-l', 'draw the screen anew'],
  ['Ctrl-z', 'stop; fg comes back'],
  ['Ctrl-c', 'empty the line; leave, if it is empty'],
]

export function helpLines(columns: number): readonly StyledLine[] {
  const rows = (pairs: readonly (readonly [string, string])[]): readonly StyledLine[] => {
    const left = Math.min(Math.max(...pairs.map(([name]) => name.length)), Math.max(8, Math.floor(columns / 2) - 2))
    return pairs.flatMap(([name, help]) => described(name, help, left, columns))
  }
  return [
    [span(cut(' Commands', columns), { bold: true })],
    ...rows(SLASH_COMMANDS.map(row => [usage(row), row.help])),
    blank,
    [span(cut(' Keys', columns), { bold: true })],
    ...rows(KEYS),
    blank,
    [span(cut(' Esc closes this.', columns), { role: 'quiet' })],
  ]
}

function described(name: string, help: string, left: number, columns: number): readonly StyledLine[] {
  const wrapped = wrap(help, Math.max(1, columns - left - 3))
  return wrapped.map((line, row) => [
    span(` ${row === 0 ? pad(cut(name, left), left) : ' '.repeat(left)}  `, { role: 'accent' }),
    span(line),
  ])
}

/** A part of the lines, starting at `from`; exactly `rows`. */
export function windowed(lines: readonly StyledLine[], from: number, rows: number): readonly StyledLine[] {
  const start = Math.max(0, Math.min(from, lines.length - rows))
  return Array.from({ length: rows }, (_, row) => lines[start + row] ?? blank)
}
