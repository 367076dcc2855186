/** The list at the left: places with their unread messages, and members. */

import { personOf, roomOf, type Where } from '../../../client/chat/place.ts'
import { places } from '../../../client/chat/place-list.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { nameColour } from '../../../client/view/theme.ts'
import { apart, blank, fill, type StyledLine, span } from '../../text/line.ts'
import { cut, widest } from '../../text/width.ts'
import { inOrder, markOf } from '../people/list.ts'

/** Exactly `rows` lines of exactly `columns`. */
export function sideLines(chat: Chat, columns: number, rows: number): readonly StyledLine[] {
  const room = columns - 2
  const people = memberLines(chat, room, rows)
  const list = placeLines(chat, room, Math.max(1, rows - Math.min(people.length, Math.floor(rows / 2)) - 1))
  const lines = [...list, blank, ...people].slice(0, rows)
  return Array.from({ length: rows }, (_, row) => fill([span(' '), ...(lines[row] ?? blank)], columns))
}

/** The places around the current one, if there are more than fit. */
function placeLines(chat: Chat, columns: number, rows: number): readonly StyledLine[] {
  const all = places(chat)
  const from = Math.max(0, Math.min(all.indexOf(chat.where) - Math.floor(rows / 2), all.length - rows))
  return all.slice(from, from + rows).map(where => placeLine(chat, where, columns))
}

function placeLine(chat: Chat, where: Where, columns: number): StyledLine {
  const { unread = 0, mentions = 0 } = chat.conversations.get(where) ?? {}
  const isHere = where === chat.where
  const style = { bold: isHere || unread > 0, role: isHere ? 'accent' : unread > 0 ? 'text' : 'quiet' } as const
  return apart([span(where, style)], counts(where, unread, mentions), columns)
}

/**
 * `12 !2`: how many messages are unread, and how many of them mention the user; `!2` if all do, `2` in a private
 * conversation.
 */
export function counts(where: Where, unread: number, mentions: number): StyledLine {
  if (unread === 0) return blank
  const ofMe = { role: 'mention', bold: true } as const
  if (personOf(where) !== null) return [span(countOf(unread), ofMe)]
  if (mentions === unread) return [span(`!${countOf(mentions)}`, ofMe)]
  const all = span(countOf(unread), { role: 'good' })
  return mentions === 0 ? [all] : [all, span(` !${countOf(mentions)}`, ofMe)]
}

export const countOf = (unread: number): string => (unread > 999 ? '999+' : `${unread}`)

function memberLines(chat: Chat, columns: number, rows: number): readonly StyledLine[] {
  const here = chat.view.rooms.get(roomOf(chat.where) ?? '')
  if (!here) return []
  // A room can have thousands of members. Only the visible ones are drawn.
  const shown = inOrder(here).slice(0, rows)
  return [
    [span(cut(`${here.members.size} here`, columns), { role: 'quiet' })],
    ...shown.map((member): StyledLine => {
      const { name, away, account } = member
      const role = markOf(here, member)
      const style = away === null ? { name: nameColour(name) } : { role: 'quiet' as const }
      const marks = `${account ? REGISTERED : ''}${away === null ? '' : ' away'}`
      const room = columns - widest(marks) - role.length
      return [span(role, { role: 'accent' }), span(cut(name, room), style), span(marks, { role: 'quiet' })]
    }),
  ]
}

/** The mark after a name that is an account. */
const REGISTERED = ' ✓'
