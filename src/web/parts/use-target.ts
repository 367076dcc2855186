/** A message that one is led to, such as from what was found. */
import { useEffect, useRef } from 'react'
import type { Conversation } from '../../client/conversation.ts'
import type { Rows } from '../../client/rows.ts'
import type { Talk } from '../../client/talk.ts'
import type { Where } from '../../client/where.ts'
import type { ListHandle } from '../list/WindowedList.tsx'

/** A message to be brought into sight. */
export type Target = { readonly where: Where; readonly seq: number }

/** Brings a message into sight, and loads as much of the past as that needs. The number of what was found stays marked. */
export function useTarget(
  target: Target | null,
  rows: Rows,
  { past, where }: Conversation,
  talk: Talk,
  list: { readonly current: ListHandle | null },
): number | null {
  const reached = useRef<Target | null>(null)
  useEffect(() => {
    if (!target || reached.current === target || past === 'loading') return
    const index = rows.rows.findIndex(row => row.kind === 'entry' && row.entry.seq === target.seq)
    if (index < 0 && (past === 'more' || past === 'unknown')) return talk.earlier(where)
    reached.current = target
    const key = rows.keys[index]
    if (key !== undefined) list.current?.toRow(key)
  }, [target, rows, past, where, talk, list])
  return target?.seq ?? null
}
