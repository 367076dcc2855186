/** The people of a place, over the messages, with the card of the selected one. Pure. */
import { type Card, cardOf } from '../../../client/chat/people/card.ts'
import { presenceSentence } from '../../../client/chat/people/presence.ts'
import { roomOf } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { nameColour } from '../../../client/view/theme.ts'
import { withArticle } from '../../../model/keeping/roles.ts'
import { flatten } from '../../../model/text.ts'
import type { ClockFace } from '../../clock-face.ts'
import { blank, type StyledLine, span } from '../../text/line.ts'
import { cut } from '../../text/width.ts'
import { wrap } from '../../text/wrap.ts'
import { markOf } from '../people/list.ts'
import { peopleIn, type SelectedPerson } from '../people/press.ts'

/** With this many rows, a head and a foot are drawn around the list. */
const FRAMED_FROM = 8

/** Exactly `rows`. The selected person's card is visible as a whole if there's room. */
export function peopleLines(
  chat: Chat,
  selected: SelectedPerson,
  columns: number,
  rows: number,
  face: ClockFace,
): readonly StyledLine[] {
  const names = peopleIn(chat, selected)
  const at = names.indexOf(selected.name)
  const card = cardLines(cardOf(chat, chat.where, selected.name), columns, face)
  const isFramed = rows >= FRAMED_FROM
  const room = isFramed ? rows - 2 : rows
  // A room can have thousands of members. Only those around the selected one are drawn.
  const around = Math.max(0, room - 1 - card.length)
  const first = Math.max(0, Math.min(at - Math.floor(around / 2), names.length - 1 - around))
  const list = [
    ...names.slice(first, at).map(name => nameLine(chat, name, columns, false)),
    nameLine(chat, selected.name, columns, true),
    ...card,
    ...names.slice(at + 1, at + 1 + around).map(name => nameLine(chat, name, columns, false)),
  ]
  const shown = Array.from({ length: room }, (_, row) => list[row] ?? blank)
  if (!isFramed) return shown
  const place = roomOf(chat.where) === null ? 'In this conversation' : `In ${chat.where}`
  return [
    [span(cut(` ${place}: ${names.length}`, columns), { bold: true })],
    ...shown,
    [span(cut(' Up and Down select, Enter writes to them, Esc closes this.', columns), { role: 'quiet' })],
  ]
}

function nameLine({ view, where }: Chat, name: string, columns: number, isSelected: boolean): StyledLine {
  const room = view.rooms.get(roomOf(where) ?? '')
  const member = room?.members.get(name)
  const mark = room && member ? markOf(room, member) : ''
  const style = { inverse: isSelected }
  const coloured = member && member.away !== null ? { role: 'quiet' as const } : { name: nameColour(name) }
  return [
    span(` ${mark}`, { role: 'accent', ...style }),
    span(cut(flatten(name), Math.max(1, columns - 4)), { ...coloured, ...style }),
    span(member?.account ? ' ✓' : '', { role: 'quiet', ...style }),
  ]
}

function cardLines(card: Card, columns: number, face: ClockFace): readonly StyledLine[] {
  return sentencesOf(card, face)
    .flatMap(sentence => wrap(flatten(sentence), Math.max(1, columns - 4)))
    .map(line => [span(`   ${line}`, { role: 'quiet' })])
}

function sentencesOf(
  { isMe, account, presence, role, since, rooms, ignored }: Card,
  face: ClockFace,
): readonly string[] {
  const kind = account === null ? [] : [account ? 'an account' : 'a guest']
  const ranks = role === null || role === 'member' || role === 'guest' ? [] : [`${withArticle(role)} here`]
  return [
    [...(isMe ? ['you'] : []), ...kind, ...ranks].join(', '),
    presenceSentence(presence),
    since === null ? '' : `in this room since ${face.time(since)}, ${face.day(since)}`,
    rooms.length === 0 ? '' : `${isMe ? 'in' : 'shares with you'} ${rooms.map(room => `#${room}`).join(', ')}`,
    ignored ? 'you ignore what they write' : '',
  ].filter(sentence => sentence !== '')
}
