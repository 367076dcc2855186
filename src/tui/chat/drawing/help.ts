/** The help, drawn over the messages. */
import type { Role } from '../../../model/keeping/roles.ts'
import { mayUse, ofRow, pointer, type SlashGroup } from '../../../model/slash/help.ts'
import { SLASH_GROUPS } from '../../../model/slash.ts'
import { blank, type StyledLine, span } from '../../text/line.ts'
import { cut, pad } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
import { ACT_KEYS } from '../selected/acts.ts'

const KEYS: readonly (readonly [string, string])[] = [
  ['Enter', 'send; Alt-Enter starts a new line'],
  ['Tab', 'complete a name, a room or a command'],
  ['PgUp PgDn', 'scroll; the wheel too, and Home and End while nothing is typed'],
  ['Alt-Up Alt-Down', 'go to the previous or next place'],
  ['Alt-a', 'go to the next unread place'],
  ['Alt-w Ctrl-t', 'list who is here, with a card of each'],
  ['Alt-m Ctrl-o', 'select a message to act on it; Ctrl-Up too'],
  ['Up', 'on an empty line: edit your last message, or repeat your last command'],
  ['Ctrl-p Ctrl-n', 'recall what you typed; Up and Down too, from there on'],
  ['Ctrl-a Ctrl-e', 'move to the start or end of the line'],
  ['Alt-b Alt-f', 'move by one word; Ctrl-Left and Ctrl-Right too'],
  ['Ctrl-w Alt-d', 'cut the word before or after the cursor'],
  ['Ctrl-u Ctrl-k', 'cut to the start or end of the line'],
  ['Ctrl-y', 'paste what was cut last'],
  ['Ctrl-r', 'reconnect now, while offline'],
  ['Ctrl-l', 'redraw the screen'],
  ['Ctrl-z', 'suspend; fg resumes'],
  ['Ctrl-c', 'clear the line; leave if it is empty'],
  ['Shift', 'held while dragging: select text (Option in iTerm2; --mouse off: no key)'],
]

const SELECTED_KEYS: readonly (readonly [string, string])[] = [
  ['Up Down', 'select another one'],
  ...ACT_KEYS,
  ['Esc', 'end it'],
]

const MARKS: readonly (readonly [string, string])[] = [
  ['@ before a name', 'founder or operator: keeps order here'],
  ['+ before a name', 'has a voice: may write whatever the modes say'],
  ['✓ behind a name', 'an account'],
]

/** `role`: of the reader, in the current room. Commands that it may not use are only pointed to. */
export function helpScreen(columns: number, role: Role): readonly StyledLine[] {
  const rows = (pairs: readonly (readonly [string, string])[]): readonly StyledLine[] => {
    const left = Math.min(Math.max(...pairs.map(([name]) => name.length)), Math.max(8, Math.floor(columns / 2) - 2))
    return pairs.flatMap(([name, help]) => described(name, help, left, columns))
  }
  const commands = (group: SlashGroup): readonly StyledLine[] => {
    const usable = group.rows.filter(row => mayUse(row, role))
    if (usable.length === 0) return [...wrap(pointer(group), columns - 1).map(line => [span(` ${line}`)]), blank]
    return [[span(cut(` ${group.title}`, columns), { role: 'quiet' })], ...rows(usable.map(ofRow)), blank]
  }
  return [
    heading('Commands', columns),
    ...SLASH_GROUPS.flatMap(commands),
    heading('Keys', columns),
    ...rows(KEYS),
    blank,
    heading('Keys on a selected message', columns),
    ...rows(SELECTED_KEYS),
    blank,
    heading('Marks', columns),
    ...rows(MARKS),
    blank,
    [span(cut(' Esc closes this.', columns), { role: 'quiet' })],
  ]
}

const heading = (title: string, columns: number): StyledLine => [span(cut(` ${title}`, columns), { bold: true })]

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
