/** The members, as the host sees them: protocol, since when, and how long idle. */
import { nameColour } from '../../client/view/theme.ts'
import type { ClockFace } from '../clock-face.ts'
import { blank, fill, type StyledLine, span } from '../text/line.ts'
import { cut, pad } from '../text/width.ts'
import type { Person } from './state.ts'

const COLUMNS = { protocol: 10, since: 6, idle: 7 } as const
const REST = COLUMNS.protocol + COLUMNS.since + COLUMNS.idle

/** Exactly `rows` lines of exactly `columns`. `now` in milliseconds since the epoch. */
export function peopleLines(
  people: readonly Person[],
  columns: number,
  rows: number,
  face: ClockFace,
  now: number,
): readonly StyledLine[] {
  const names = columns - REST - 3
  const head: StyledLine = [
    span(` ${pad('NAME', names)} ${pad('BY', COLUMNS.protocol)}${pad('SINCE', COLUMNS.since)}IDLE`, { role: 'quiet' }),
  ]
  const more = people.length + 1 > rows
  const shown = people.slice(0, Math.max(0, rows - (more ? 2 : 1)))
  const lines: StyledLine[] = [head, ...shown.map(person => personLine(person, names, face, now))]
  if (more) lines.push([span(` and ${people.length - shown.length} more: STATUS`, { role: 'quiet' })])
  return Array.from({ length: rows }, (_, row) => fill(lines[row] ?? blank, columns))
}

function personLine(
  { name, protocol, since, heardAt, away }: Person,
  names: number,
  face: ClockFace,
  now: number,
): StyledLine {
  const quiet = { role: 'quiet' } as const
  return [
    span(` ${pad(cut(name, names), names)} `, away ? quiet : { name: nameColour(name) }),
    span(pad(protocol, COLUMNS.protocol), quiet),
    span(away ? pad('away', COLUMNS.since) : pad(face.time(since), COLUMNS.since), quiet),
    span(away ? '' : duration(now - heardAt), quiet),
  ]
}

/** In the largest unit that fits: `12 s`, `5 min`, `3 h`, `2 d`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return minutes < 60 * 24 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60 / 24)} d`
}
