/** The lines above and below the messages: the place, the connection's status, unread messages elsewhere. */
import { here } from '../../../client/chat/chat.ts'
import { serverTime, waitIn } from '../../../client/chat/keeping/waits.ts'
import { typingIn } from '../../../client/chat/messages/typing.ts'
import { roomOf } from '../../../client/chat/place.ts'
import { places } from '../../../client/chat/place-list.ts'
import { standing } from '../../../client/chat/sentences.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { textOf } from '../../../client/input/editor.ts'
import { hint } from '../../../client/input/secret-prompt.ts'
import type { Role } from '../../../client/view/theme.ts'
import { leftText } from '../../../model/duration.ts'
import { type Mode, type Modes, type ModeValue, modeText, NO_MODES } from '../../../model/keeping/modes.ts'
import { flatten } from '../../../model/text.ts'
import { clip, lineWidest, type Span, type StyledLine, shorten, span } from '../../text/line.ts'
import { composingWords } from '../composing.ts'
import type { Secret } from '../secret.ts'
import { selectedMessage } from '../selected/selection.ts'
import type { ChatUi } from '../ui.ts'
import { handSpans, waitingSpans } from './asked.ts'
import { menuLine } from './menu.ts'
import type { Plan } from './plan.ts'
import { countOf, counts } from './side.ts'

/** `now` in milliseconds since the epoch. The topic is last, because anybody can write it. */
export function headerLine(chat: Chat, ui: ChatUi, { size: { columns }, status, side }: Plan, now: number): StyledLine {
  if (!status && ui.secret) return secretLine(ui.secret, columns)
  const selected = status ? null : selectedMessage(chat, ui.selected)
  if (selected && ui.selected) return menuLine(chat, selected, ui.selected, columns)
  const notice = noticeOf(chat, ui)
  if (!status && notice !== null) return noticeLine(notice, columns)
  const room = chat.view.rooms.get(roomOf(chat.where) ?? '')
  const topic = room?.topic ? flatten(room.topic.text) : ''
  const modes = columns >= 40 ? modesText(chat, room?.modes) : ''
  const count = room && columns >= 40 && side === 0 ? `  ${room.members.size} here` : ''
  const pins = room?.pins?.length ?? 0
  const pinned = pins > 0 && columns >= 40 ? `  ${pins} pinned` : ''
  const state = status ? [] : [span(' '), standingSpan(chat, now), ...waitSpans(chat, now)]
  return shorten(
    [
      span(` ${chat.where}`, { bold: true, role: 'accent' }),
      ...state,
      span(count, { role: 'quiet' }),
      span(pinned, { role: 'quiet' }),
      ...handSpans(chat),
      span(modes, { role: 'warning' }),
      span(topic === '' ? '' : `  ${topic}`),
    ],
    columns,
  )
}

const KEYS_HINT = span('  Enter sends, /help lists commands and keys', { role: 'quiet' })

export function statusLine(chat: Chat, ui: ChatUi, { size: { columns }, side }: Plan, now: number): StyledLine {
  if (ui.secret) return secretLine(ui.secret, columns)
  const waits = waitSpans(chat, now)
  const name = span(`  ${chat.view.name}`, { role: 'quiet' })
  const parts: Span[] = [span(' '), standingSpan(chat, now), ...waits, name]
  const lines = ui.editor.before.split('\n').length + ui.editor.after.split('\n').length - 1
  if (lines > 1)
    return clip([...parts, span(`  ${lines} lines: Enter sends them, Esc discards them`, { role: 'warning' })], columns)
  const selected = selectedMessage(chat, ui.selected)
  if (selected && ui.selected) return menuLine(chat, selected, ui.selected, columns)
  const notice = noticeOf(chat, ui)
  if (notice !== null) return noticeLine(notice, columns)
  const { unread, mentions } = here(chat)
  if (ui.anchor) {
    const more = unread > 0 ? `${countOf(unread)} new below` : 'more below'
    const ofMe = mentions > 0 ? `, @${countOf(mentions)} of you` : ''
    parts.push(span(`  ↓ ${more}${ofMe}: Esc`, { role: unread > 0 ? 'warning' : 'quiet', bold: unread > 0 }))
  }
  parts.push(...waitingSpans(chat))
  if (side === 0) parts.push(...elsewhere(chat))
  const typing = typingWords(chat, now)
  if (typing !== '') parts.push(span(`  ${typing}`, { role: 'quiet', italic: true }))
  // Half of a hint says nothing.
  if (isNew(ui) && lineWidest([...parts, KEYS_HINT]) <= columns) parts.push(KEYS_HINT)
  return clip(parts, columns)
}

/** Why one can't write here, and how long that lasts. */
function waitSpans(chat: Chat, now: number): readonly Span[] {
  const at = serverTime(chat, now)
  const wait = waitIn(chat, chat.where, at)
  if (!wait) return []
  // The time is first, so that a narrow window doesn't cut it off.
  const left = wait.until === null ? '' : `${leftText(wait.until - at)} left: `
  return [span(`  ${left}${flatten(wait.why)}`, { role: 'warning' })]
}

/** `  [moderated, slow 10 s]`: the modes of the room and of the whole server that are on. */
function modesText({ view }: Chat, modes: Modes = NO_MODES): string {
  const on = Object.entries({ ...view.modes, ...modes }) as readonly (readonly [Mode, ModeValue])[]
  return on.length === 0 ? '' : `  [${on.map(([mode, value]) => modeText(mode, value)).join(', ')}]`
}

/** A hint about the secret that is asked for. */
const secretLine = ({ prompt, key }: Secret, columns: number): StyledLine =>
  clip([span(` ${hint(prompt, key)}  Esc cancels`, { role: 'warning' })], columns)

const noticeOf = (chat: Chat, ui: ChatUi): string | null => ui.notice ?? composingWords(chat, ui.composing)

const noticeLine = (notice: string, columns: number): StyledLine =>
  shorten([span(` ${notice}`, { role: 'warning' })], columns)

/** Nobody has typed here yet. */
const isNew = ({ typed, editor, anchor }: ChatUi): boolean =>
  typed.lines.length === 0 && textOf(editor) === '' && anchor === null

/** At most two are named: typing matters less than messages. */
function typingWords(chat: Chat, now: number): string {
  const names = (typingIn(chat, chat.where, now)?.names ?? []).map(name => flatten(name))
  const [first, second] = names
  if (first === undefined) return ''
  if (second === undefined) return `${first} is typing…`
  return names.length > 2 ? `${names.length} people are typing…` : `${first} and ${second} are typing…`
}

function elsewhere(chat: Chat): readonly Span[] {
  return places(chat).flatMap(where => {
    const { unread = 0, mentions = 0 } = chat.conversations.get(where) ?? {}
    if (where === chat.where || unread === 0) return []
    return [span(`  ${where} `, { role: 'good' }), ...counts(where, unread, mentions)]
  })
}

function standingSpan({ status, statusSince }: Chat, now: number): Span {
  const left = status.state === 'waiting' ? status.ms - (now - statusSince) : 0
  const role = status.state === 'online' && status.stalled ? 'error' : ROLES[status.state]
  return span(standing(status, left), { role })
}

const ROLES: Readonly<Record<Chat['status']['state'], Role>> = {
  connecting: 'warning',
  online: 'good',
  waiting: 'error',
  ended: 'error',
}
