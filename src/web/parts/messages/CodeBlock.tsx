/** A block of code. It scrolls by itself in both directions, and has a copy button. */
import { useEffect, useState } from 'react'
import { copy } from '../../browser/copy.ts'
import { SCROLLED_BY_KEYS } from '../../list/WindowedList.tsx'

/** How long the button says "Copied", in milliseconds. */
const SAID_MS = 2000

export function CodeBlock({ code }: { readonly code: string }) {
  const [copied, say] = useState<'copied' | 'not copied' | null>(null)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => say(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <div className="code-block">
      <pre {...SCROLLED_BY_KEYS}>
        <code>{code}</code>
      </pre>
      <button
        type="button"
        className="copy"
        aria-label="Copy the code"
        onClick={async () => say((await copy(code)) ? 'copied' : 'not copied')}
      >
        <span aria-live="polite">
          {copied === null ? 'Copy' : copied === 'copied' ? 'Copied' : 'Not copied: select it'}
        </span>
      </button>
    </div>
  )
}
