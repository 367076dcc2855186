import { useEffect, useRef } from 'react'
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import type { Conversation } from '../../../client/chat/conversation/conversation.ts'
import type { Rows } from '../../../client/view/rows.ts'
import { chatErrorText } from '../../../model/chat-errors.ts'
import type { ListHandle } from '../../list/WindowedList.tsx'
import type { Aim } from '../../visit/visit.ts'

export type Target = Aim

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
    } else if (sought.current !== target) {
      if (talk.seek(at.where, target.seq)) sought.current = target
    } else if (talk.chat$.value.loading === null) {
      reached.current = target
      const message = chatErrorText('message-unknown', `${target.seq}`)
      talk.trouble({ where: at.where, asked: null, message })
    }
  }, [target, rows, at, talk, list])
  return target?.seq ?? null
}
