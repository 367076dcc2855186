/** The live region, which a screen reader reads by itself. */
import { useEffect, useState } from 'react'
import { announced$ } from '../visit/announce.ts'

/** Nothing rather than an empty text: Preact writes that anew with each drawing, and each would be a change of the region. */
export function Announced() {
  const [words, setWords] = useState('')
  useEffect(() => {
    const watching = announced$.subscribe(setWords)
    return () => watching.unsubscribe()
  }, [])
  return (
    <div className="unseen" role="status" aria-live="polite">
      {words === '' ? null : words}
    </div>
  )
}
