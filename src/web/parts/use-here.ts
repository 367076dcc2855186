/** Public facts about the server, before anybody joins: how many people are here, and whether guests may enter. */
import { useEffect, useState } from 'react'

/** Null: unknown. */
export type Here = { readonly members: number | null; readonly guests: boolean | null }

const UNKNOWN: Here = { members: null, guests: null }

export function useHere(): Here {
  const [here, setHere] = useState(UNKNOWN)
  useEffect(() => {
    const asking = new AbortController()
    fetch('/api/here', { signal: asking.signal })
      .then(async answer => {
        const { members, guests } = (await answer.json()) as { readonly [field in keyof Here]?: unknown }
        setHere({
          members: typeof members === 'number' ? members : null,
          guests: typeof guests === 'boolean' ? guests : null,
        })
      })
      // Without an answer, the form doesn't show it.
      .catch(() => {})
    return () => asking.abort()
  }, [])
  return here
}
