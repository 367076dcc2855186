/** A button for an action that can't be undone: it asks first. */
import { useState } from 'react'
import { Icon, type IconName } from './Icon.tsx'

type Props = {
  readonly label: string
  /** In place of the label, until it asks. */
  readonly icon?: IconName
  readonly question: string
  /** The object of the button, for a screen reader, if several buttons have the same label. */
  readonly about?: string
  readonly className: string
  /** -1: Tab skips it. */
  readonly tabIndex?: number
  /** The key that stands for it in a list. */
  readonly keyName?: string
  readonly onSure: () => void
}

export function SureButton({ label, icon, question, about, className, tabIndex = 0, keyName, onSure }: Props) {
  const [sure, setSure] = useState(false)
  return (
    <button
      type="button"
      className={sure ? `${className} sure` : className}
      tabIndex={tabIndex}
      title={icon && label}
      data-key={keyName}
      onClick={() => (sure ? onSure() : setSure(true))}
      onBlur={() => setSure(false)}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !sure) return
        event.stopPropagation()
        setSure(false)
      }}
    >
      {sure ? question : icon === undefined ? label : <Icon name={icon} />}
      {sure || icon === undefined ? null : <span className="unseen">{label}</span>}
      {about === undefined ? null : <span className="unseen"> {about}</span>}
    </button>
  )
}
