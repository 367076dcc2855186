/** A block of code. It scrolls by itself in both directions, and has a copy button. */
import { useCopied } from '../../browser/use-copy.ts'
import { SCROLLED_BY_KEYS } from '../../list/WindowedList.tsx'
import { Coloured } from './Coloured.tsx'

export function CodeBlock({ code, language }: { readonly code: string; readonly language: string }) {
  const [copied, copy] = useCopied(code)
  return (
    <div className="code-block">
      <pre title={language === '' ? undefined : language} {...SCROLLED_BY_KEYS}>
        <code>{language === '' ? code : <Coloured code={code} language={language} />}</code>
      </pre>
      <button type="button" className="copy" aria-label="Copy the code" onClick={copy}>
        <span aria-live="polite">{copied === null ? 'Copy' : copied ? 'Copied' : 'Not copied: select it'}</span>
      </button>
    </div>
  )
}
