/** A switch for desktop notifications; hidden if the browser has none. */
import { useState } from 'react'
import { notices, switchNotices } from '../../visit/notify.ts'

export function Notices() {
  const [are, set] = useState(notices)
  if (are === 'impossible' || are === 'denied') return null
  return (
    <button
      type="button"
      className="quiet-button wide"
      aria-pressed={are === 'on'}
      onClick={() => void switchNotices().then(set)}
    >
      {are === 'on' ? 'Notifications are on' : 'Notify me of messages to me'}
    </button>
  )
}
