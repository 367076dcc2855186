/** The list of a place: its rows, kept from one state to the next, and one's own messages without an answer. */
import { useMemo, useRef } from 'react'
import { placeOf } from '../../../../client/chat/chat.ts'
import type { Conversation } from '../../../../client/chat/conversation/conversation.ts'
import type { Chat } from '../../../../client/chat/state.ts'
import { type Rows, rowsOf } from '../../../../client/view/rows.ts'
import { useCalendar } from '../use-calendar.ts'

export function useRows(chat: Chat, at: Conversation) {
  const known = useRef<Rows | null>(null)
  const times = useCalendar()
  const drawn = useRef(times)
  const rows = rowsOf(at, times.dayOf, drawn.current === times ? known.current : null)
  known.current = rows
  drawn.current = times
  const pending = useMemo(
    () => chat.pending.filter(({ id, asked }) => placeOf(asked) === at.where && !chat.heard.has(id)),
    [chat.pending, chat.heard, at.where],
  )
  const isRead = at.excerpt !== null || pending.length === 0
  return { rows, pending, times, keys: isRead ? rows.keys : [...rows.keys, ...pending.map(({ id }) => `pending${id}`)] }
}
