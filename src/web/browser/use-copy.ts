/** A copy button: whether the text was copied just now, and a function that copies it; null: not clicked lately. */
import { useEffect, useState } from 'react'
import { copy } from './copy.ts'

/** How long the button tells the result, in milliseconds. */
const TOLD_MS = 2500

export function useCopied(text: string): readonly [boolean | null, () => void] {
  const [copied, setCopied] = useState<boolean | null>(null)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), TOLD_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return [copied, () => void copy(text).then(setCopied)]
}
