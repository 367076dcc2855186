/**
 * The panel that is open over the chat, one at a time. It has an entry in the browser's history, so that Back, the one
 * button that every phone has, closes it. A place that the user goes to from there replaces that entry (visit.ts).
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import { listen } from './listen.ts'

export type Open =
  | 'places'
  | 'members'
  | 'search'
  | 'help'
  | 'rooms'
  | 'pins'
  | 'account'
  | 'settings'
  | 'room-settings'
  | 'moderation'
  | 'restrict'
  | 'viewer'

export const OPEN = { open: true } as const

/** Whether the browser's current entry stands for an open panel. */
export const isOpenEntry = (): boolean => (history.state as { readonly open?: unknown } | null)?.open === true

export function useOpen(): readonly [open: Open | null, turn: (next: Open | null) => void] {
  const [open, set] = useState<Open | null>(null)
  const now = useRef<Open | null>(null)
  /** The page itself goes back to the entry before the panel. */
  const returns = useRef(false)

  const turn = useCallback((next: Open | null) => {
    if (next !== null && !isOpenEntry()) history.pushState(OPEN, '')
    if (next === null && now.current !== null && isOpenEntry()) {
      returns.current = true
      history.back()
    }
    now.current = next
    set(next)
  }, [])

  useEffect(
    () =>
      listen(window, 'popstate', () => {
        if (returns.current) {
          returns.current = false
          // Another panel was opened before the browser had gone back.
          if (now.current !== null && !isOpenEntry()) history.pushState(OPEN, '')
        } else if (!isOpenEntry() && now.current !== null) {
          now.current = null
          set(null)
        }
      }),
    [],
  )
  return [open, turn]
}
