/** The live region, which a screen reader reads by itself. */
import { useEffect, useState } from 'react'
import { announced$ } from '../watch/announce.ts'

export function Announced() {
  const [words, setWords] = useState('')
  useEffect(() => {
    const watching = announced$.subscribe(setWords)
    return () => watching.unsubscribe()
  }, [])
  return (
    <div className="unseen" role="status" aria-live="polite">
      {words}
    </div>
  )
}
