import { useEffect, useRef } from 'react'
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import type { Conversation } from '../../../client/chat/conversation/conversation.ts'
import type { Where } from '../../../client/chat/place.ts'
import type { Rows } from '../../../client/view/rows.ts'
import type { ListHandle } from '../../list/WindowedList.tsx'

/** A message to scroll to, such as a search result. */
export type Target = { readonly where: Where; readonly seq: number }

/**
 * Scrolls to a message. If it's older than the loaded ones, the messages around it are loaded. Returns the number of
 * the message to highlight.
 */
export function useTarget(
  target: Target | null,
  rows: Rows,
  at: Conversation,
  talk: ChatStore,
  list: { readonly current: ListHandle | null },
): number | null {
  const reached = useRef<Target | null>(null)
  const sought = useRef<Target | null>(null)
  useEffect(() => {
    if (!target || reached.current === target) return
    const index = rows.rows.findIndex(row => row.kind === 'entry' && row.entry.seq === target.seq)
    const key = rows.keys[index]
    if (key !== undefined) {
      reached.current = target
      list.current?.toRow(key)
    } else if (sought.current !== target && talk.seek(at.where, target.seq)) sought.current = target
  }, [target, rows, at, talk, list])
  return target?.seq ?? null
}
