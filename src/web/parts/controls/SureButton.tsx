/** A button for an action that can't be undone: it asks first. */
import { useState } from 'react'

type Props = {
  readonly label: string
  readonly question: string
  /** The object of the button, for a screen reader, if several buttons have the same label. */
  readonly about?: string
  readonly className: string
  /** -1: Tab skips it. */
  readonly tabIndex?: number
  readonly onSure: () => void
}

export function SureButton({ label, question, about, className, tabIndex = 0, onSure }: Props) {
  const [sure, setSure] = useState(false)
  return (
    <button
      type="button"
      className={sure ? `${className} sure` : className}
      tabIndex={tabIndex}
      onClick={() => (sure ? onSure() : setSure(true))}
      onBlur={() => setSure(false)}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !sure) return
        event.stopPropagation()
        setSure(false)
      }}
    >
      {sure ? question : label}
      {about === undefined ? null : <span className="unseen"> {about}</span>}
    </button>
  )
}
