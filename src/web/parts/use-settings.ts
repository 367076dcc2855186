import { useSyncExternalStore } from 'react'
import { type Settings, settings$ } from '../browser/settings.ts'

function subscribe(changed: () => void): () => void {
  const watching = settings$.subscribe(changed)
  return () => watching.unsubscribe()
}

export const useSettings = (): Settings => useSyncExternalStore(subscribe, () => settings$.value)
