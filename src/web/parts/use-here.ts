/** How many people are here, for those who are not in yet; null: that is not known. */
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
      // Without an answer the form does without.
      .catch(() => {})
    return () => asking.abort()
  }, [])
  return here
}
