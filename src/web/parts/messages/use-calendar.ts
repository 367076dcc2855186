/** The calendar with the current time zone and day. */
import { useSyncExternalStore } from 'react'
import { type Calendar, calendar$ } from '../../text/times.ts'

function subscribe(changed: () => void): () => void {
  const watching = calendar$.subscribe(changed)
  return () => watching.unsubscribe()
}

export const useCalendar = (): Calendar => useSyncExternalStore(subscribe, () => calendar$.value)
