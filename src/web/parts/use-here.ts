/** How many people are here, for the join form; null: unknown. */
import { useEffect, useState } from 'react'

export function useHere(): number | null {
  const [here, setHere] = useState<number | null>(null)
  useEffect(() => {
    const asking = new AbortController()
    fetch('/api/here', { signal: asking.signal })
      .then(async answer => {
        const { members } = (await answer.json()) as { readonly members?: unknown }
        if (typeof members === 'number') setHere(members)
      })
      // Without an answer, the form doesn't show it.
      .catch(() => {})
    return () => asking.abort()
  }, [])
  return here
}
