/** The whole screen of the host's console, as a pure function of what is known. */
import { columnsOf } from '../chat/entry-lines.ts'
import { headerRows } from '../chat/plan.ts'
import { type Pane, sight } from '../chat/scroll.ts'
import type { ClockFace } from '../clock-face.ts'
import { choiceLines } from '../completing.ts'
import type { Frame, Size } from '../stage/scene.ts'
import { blank, clip, type Line, span } from '../text/line.ts'
import { type Typing, typing } from '../text/typing.ts'
import type { Desk, DeskUi } from './desk.ts'
import { overlayLines } from './overlay.ts'
import { duration, peopleLines } from './people.ts'

const PROMPT = 'Host › '
const PEOPLE_FROM = 90
const PEOPLE = 38

export type DeskPlan = {
  readonly side: number
  readonly main: number
  readonly life: number
  readonly header: 0 | 1 | 2
  readonly typing: Typing
}

export function deskPlan(ui: DeskUi, { columns, rows }: Size): DeskPlan {
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

export const deskPane = ({ life }: Desk, { main, life: height }: DeskPlan, face: ClockFace): Pane => ({
  at: life,
  columns: columnsOf(main),
  height,
  face,
  below: [],
})

/** `now` in milliseconds since the epoch. */
export function deskFrame(desk: Desk, ui: DeskUi, size: Size, face: ClockFace, now: number): Frame {
  const plan = deskPlan(ui, size)
  const typed = plan.typing.lines.map((text, row): Line => {
    const isFirst = row === 0 && plan.typing.from === 0
    return isFirst ? [span(promptOf(size.columns), { role: 'accent' }), span(text)] : [span(text)]
  })
  const header = [headerLine(desk, ui, size.columns, now), blank].slice(0, plan.header)
  const lines = [...header, ...middle(desk, ui, plan, size, face, now), ...typed]
  const { x, y } = plan.typing.cursor
  const kept = lines.slice(-size.rows).map(line => clip(line, size.columns))
  return { lines: kept, cursor: { x: Math.min(x, size.columns - 1), y: kept.length - typed.length + y } }
}

function headerLine({ here, address, startedAt }: Desk, { anchor }: DeskUi, columns: number, now: number): Line {
  return clip(
    [
      span(' rxchat ', { bold: true, role: 'accent' }),
      span(`${here} here`, { role: 'good' }),
      span(`  ${address}`),
      span(`  up ${duration(now - startedAt)}`, { role: 'quiet' }),
      span(anchor ? '  ↓ more below: Esc' : '', { role: 'warning' }),
    ],
    columns,
  )
}

function middle(desk: Desk, ui: DeskUi, plan: DeskPlan, size: Size, face: ClockFace, now: number): readonly Line[] {
  if (ui.overlay) return overlayLines(ui.overlay, size.columns, plan.life)
  const list = plan.side > 0 ? peopleLines(desk.people, plan.side, plan.life, face, now) : []
  const { lines } = sight(deskPane(desk, plan, face), ui.anchor)
  const above = Array.from({ length: Math.max(0, plan.life - lines.length) }, (): Line => blank)
  const choices = ui.completing ? choiceLines(ui.completing, plan.main, plan.life) : []
  const shown = [...[...above, ...lines].slice(0, plan.life - choices.length), ...choices]
  return shown.map((line, row) => [...(list[row] ?? blank), ...clip(line, plan.main)])
}
