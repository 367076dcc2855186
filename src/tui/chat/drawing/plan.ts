/** How the screen is divided. The plan works from 20 by 5 on, and drops the least necessary parts first. */
import { here } from '../../../client/chat/chat.ts'
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { namedIn } from '../../../client/chat/people/name-index.ts'
import type { Chat } from '../../../client/chat/state.ts'
import type { ClockFace } from '../../clock-face.ts'
import { masked } from '../../edit.ts'
import type { Size } from '../../stage/scene.ts'
import { type Typing, typing } from '../../text/typed-lines.ts'
import type { Pane } from '../scroll.ts'
import { questionOf } from '../secret.ts'
import type { ChatUi } from '../ui.ts'
import { aroundOf, BARE, type Surroundings } from './entry/around.ts'
import { columnsOf } from './entry/columns.ts'
import { pendingLines } from './entry/entry-lines.ts'

export type Plan = {
  readonly size: Size
  /** Columns of the list of places and people, and of the part to its right. */
  readonly side: number
  readonly main: number
  /** Rows of the header: none, one, or one with a blank below it. */
  readonly header: 0 | 1 | 2
  readonly status: boolean
  /** Rows of messages. */
  readonly messages: number
  readonly typing: Typing
}

const SIDE_FROM = 80
const SIDE_MAX = 26
const ROOMY_ROWS = 16

/** The prompt before the typed text. */
const PROMPT = '› '

/** The prompt before the typed text. */
export const promptOf = ({ secret }: Pick<ChatUi, 'secret'>): string => (secret ? questionOf(secret) : PROMPT)

export function planOf(ui: ChatUi, { columns, rows }: Size): Plan {
  const side = columns < SIDE_FROM ? 0 : Math.min(SIDE_MAX, Math.floor(columns / 5))
  const header = headerRows(rows)
  const status = rows >= 8
  const most = rows < 8 ? 1 : Math.max(1, Math.floor(rows / 3))
  const editor = ui.secret ? masked(ui.secret.editor) : ui.editor
  const indent = Math.min(promptOf(ui).length, Math.max(0, columns - 2))
  const typed = typing(editor, Math.max(2, columns), ui.secret ? 1 : most, indent)
  const messages = Math.max(0, rows - typed.lines.length - header - (status ? 1 : 0))
  return { size: { columns, rows }, side, main: columns - side, header, status, messages, typing: typed }
}

export const headerRows = (rows: number): 0 | 1 | 2 => (rows < 3 ? 0 : rows < ROOMY_ROWS ? 1 : 2)

/** The part of the screen for messages. */
export function paneOf(
  chat: Chat,
  ui: ChatUi,
  { main, messages }: Plan,
  face: ClockFace,
  from: Surroundings = BARE,
): Pane {
  const columns = columnsOf(main)
  const below = chat.pending.flatMap(one => (isHere(chat, one.asked) ? pendingLines(one, chat.view.name, columns) : []))
  const reading = { me: chat.view.name, named: namedIn(chat, chat.where) }
  const around = (said: Said) => aroundOf(chat, said, from, columns)
  return { at: here(chat), columns, height: messages, face, below, reading, around, selected: ui.selected }
}

const isHere = ({ where }: Chat, asked: Chat['pending'][number]['asked']): boolean =>
  (asked.type === 'say' && where === `#${asked.room}`) || (asked.type === 'tell' && where === `@${asked.to}`)
