/** The whole screen of a chat, as a pure function of its state: exactly as many lines as rows, none too wide. */

import { ownRole } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import { beginning } from '../../../client/chat/sentences.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { titleOf } from '../../../client/view/title.ts'
import { flatten } from '../../../model/text.ts'
import type { ClockFace } from '../../clock-face.ts'
import { choiceLines } from '../../completion.ts'
import type { ScreenFrame, Size } from '../../stage/scene.ts'
import { blank, clip, type StyledLine, span } from '../../text/line.ts'
import { cut } from '../../text/width.ts'
import { type Pane, sight } from '../scroll.ts'
import { selectedMessage } from '../selected/selection.ts'
import type { ChatUi } from '../ui.ts'
import { deviceLines } from './devices.ts'
import { BARE, type Surroundings } from './entry/around.ts'
import { headerLine, statusLine } from './header.ts'
import { helpScreen, windowed } from './help.ts'
import { peopleLines } from './people.ts'
import { type Plan, paneOf, planOf, promptOf } from './plan.ts'
import { foundLines } from './search-results.ts'
import { sideLines } from './side.ts'

/** `now` in milliseconds since the epoch. */
export function chatFrame(
  chat: Chat,
  ui: ChatUi,
  size: Size,
  face: ClockFace,
  now: number,
  from: Surroundings = BARE,
): ScreenFrame {
  const plan = planOf(ui, size)
  const lines = [
    ...[headerLine(chat, ui, plan, now), blank].slice(0, plan.header),
    ...middle(chat, ui, plan, face, from),
    ...(plan.status ? [statusLine(chat, ui, plan, now)] : []),
    ...inputLines(plan, promptOf(ui)),
  ]
  const kept = lines.slice(-size.rows).map(line => clip(line, size.columns))
  const { x, y } = plan.typing.cursor
  const cursor = { x: Math.min(x, size.columns - 1), y: kept.length - plan.typing.lines.length + y }
  // While a message is selected, letters act on it, and the hidden cursor says that none are typed.
  const isTyping = ui.secret !== null || selectedMessage(chat, ui.selected) === null
  return { lines: kept, cursor: isTyping ? cursor : null, title: windowTitle(chat) }
}

/** A name comes from the server, which isn't trusted with the terminal. */
const windowTitle = (chat: Chat): string => flatten(titleOf(chat)).slice(0, TITLE_MAX)

const TITLE_MAX = 200

function middle(chat: Chat, ui: ChatUi, plan: Plan, face: ClockFace, from: Surroundings): readonly StyledLine[] {
  const { messages, main, side, size } = plan
  if (ui.help !== null)
    return windowed(helpScreen(size.columns, ownRole(chat.view, roomOf(chat.where))), ui.help, messages)
  if (ui.people) return peopleLines(chat, ui.people, size.columns, messages, face)
  if (chat.devices) return deviceLines(chat.devices, ui.device, size.columns, messages)
  if (chat.found) return foundLines(chat.found, ui.hit, size.columns, messages, face)
  const list = side > 0 ? sideLines(chat, side, messages) : []
  const talk = talkLines(paneOf(chat, ui, plan, face, from), ui, plan)
  const choices = ui.completing ? choiceLines(ui.completing, main, messages) : []
  const shown = [...talk.slice(0, messages - choices.length), ...choices]
  return shown.map((line, row) => [...(list[row] ?? blank), ...clip(line, main)])
}

/** The messages, aligned at the bottom, and above the first one a sentence about earlier messages. */
function talkLines(pane: Pane, ui: ChatUi, plan: Plan): readonly StyledLine[] {
  const { lines } = sight(pane, ui.anchor)
  const sentence = beginning(pane.at.past)
  const room = plan.messages - lines.length
  const above: StyledLine[] = Array.from({ length: Math.max(0, room) }, () => blank)
  if (sentence !== null && room > 0) above[room - 1] = [span(` ${cut(sentence, plan.main - 1)}`, { role: 'quiet' })]
  return [...above, ...lines]
}

const inputLines = ({ typing, size }: Plan, prompt: string): readonly StyledLine[] =>
  typing.lines.map((text, row): StyledLine => {
    const isFirst = row === 0 && typing.from === 0 && size.columns > prompt.length + 1
    return isFirst ? [span(prompt, { role: 'accent' }), span(text)] : [span(text)]
  })
