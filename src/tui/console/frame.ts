/** The whole screen of the host's console, as a pure function of its state. */
import { messageAt } from '../../client/chat/conversation/timeline.ts'
import { columnsOf } from '../chat/drawing/entry/columns.ts'
import { headerRows } from '../chat/drawing/plan.ts'
import { type Pane, sight } from '../chat/scroll.ts'
import type { ClockFace } from '../clock-face.ts'
import { choiceLines } from '../completion.ts'
import type { ScreenFrame, Size } from '../stage/scene.ts'
import { blank, clip, type StyledLine, span } from '../text/line.ts'
import { type Typing, typing } from '../text/typed-lines.ts'
import { overlayLines } from './overlay.ts'
import { duration, peopleLines } from './people.ts'
import { type ConsoleState, type ConsoleUi, conversationOf } from './state.ts'

const PROMPT = 'Host › '
const PEOPLE_FROM = 90
const PEOPLE = 38
/** In a narrower window, a notice takes the whole header. */
const ASIDE_FROM = 100

export type ConsolePlan = {
  readonly side: number
  readonly main: number
  readonly life: number
  readonly header: 0 | 1 | 2
  readonly typing: Typing
}

export function consolePlan(ui: ConsoleUi, { columns, rows }: Size): ConsolePlan {
  const side = columns < PEOPLE_FROM ? 0 : PEOPLE
  const header = headerRows(rows)
  const typed = typing(ui.editor, Math.max(2, columns), Math.max(1, Math.floor(rows / 4)), promptOf(columns).length)
  return {
    side,
    main: columns - side,
    header,
    typing: typed,
    life: Math.max(0, rows - typed.lines.length - header),
  }
}

const promptOf = (columns: number): string => (columns >= 24 ? PROMPT : columns >= 4 ? '› ' : '')

export const consolePane = (
  consoleState: ConsoleState,
  { selected }: ConsoleUi,
  { main, life: height }: ConsolePlan,
  face: ClockFace,
): Pane => ({
  at: conversationOf(consoleState),
  columns: columnsOf(main),
  height,
  face,
  below: [],
  selected,
})

/** `now` in milliseconds since the epoch. */
export function consoleFrame(
  consoleState: ConsoleState,
  ui: ConsoleUi,
  size: Size,
  face: ClockFace,
  now: number,
): ScreenFrame {
  const plan = consolePlan(ui, size)
  const typed = plan.typing.lines.map((text, row): StyledLine => {
    const isFirst = row === 0 && plan.typing.from === 0
    return isFirst ? [span(promptOf(size.columns), { role: 'accent' }), span(text)] : [span(text)]
  })
  const header = [headerLine(consoleState, ui, size.columns, now), blank].slice(0, plan.header)
  const lines = [...header, ...middle(consoleState, ui, plan, size, face, now), ...typed]
  const { x, y } = plan.typing.cursor
  const kept = lines.slice(-size.rows).map(line => clip(line, size.columns))
  return { lines: kept, cursor: { x: Math.min(x, size.columns - 1), y: kept.length - typed.length + y } }
}

function headerLine(consoleState: ConsoleState, ui: ConsoleUi, columns: number, now: number): StyledLine {
  const { here, address, startedAt } = consoleState
  const aside = asideOf(consoleState, ui)
  if (aside !== '' && columns < ASIDE_FROM) return clip([span(` ${aside}`, { role: 'warning' })], columns)
  return clip(
    [
      span(' rxchat ', { bold: true, role: 'accent' }),
      span(`${here} here`, { role: 'good' }),
      span(`  ${address}`),
      span(`  up ${duration(now - startedAt)}`, { role: 'quiet' }),
      span(aside === '' ? '' : `  ${aside}`, { role: 'warning' }),
    ],
    columns,
  )
}

/** A notice if the end of the events isn't visible. */
function asideOf(consoleState: ConsoleState, { anchor, selected }: ConsoleUi): string {
  const message = selected && messageAt(conversationOf(consoleState).timeline, selected.seq)
  if (message && message.text !== null) return `DELETE ${message.seq} deletes the message, Esc returns`
  if (consoleState.past) return `earlier in ${consoleState.past.where}: Esc returns`
  return anchor ? '↓ more below: Esc' : ''
}

function middle(
  consoleState: ConsoleState,
  ui: ConsoleUi,
  plan: ConsolePlan,
  size: Size,
  face: ClockFace,
  now: number,
): readonly StyledLine[] {
  if (ui.overlay) return overlayLines(ui.overlay, consoleState.found, size.columns, plan.life, face)
  const list = plan.side > 0 ? peopleLines(consoleState.people, plan.side, plan.life, face, now) : []
  const { lines } = sight(consolePane(consoleState, ui, plan, face), ui.anchor)
  const above = Array.from({ length: Math.max(0, plan.life - lines.length) }, (): StyledLine => blank)
  const choices = ui.completing ? choiceLines(ui.completing, plan.main, plan.life) : []
  const shown = [...[...above, ...lines].slice(0, plan.life - choices.length), ...choices]
  return shown.map((line, row) => [...(list[row] ?? blank), ...clip(line, plan.main)])
}
