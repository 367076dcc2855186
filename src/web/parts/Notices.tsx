/** A switch for notices on the desktop; absent where a browser has none to offer. */
import { useState } from 'react'
import { notices, switchNotices } from '../watch/notify.ts'

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
      {are === 'on' ? 'Notices are on' : 'Tell me when I am spoken to'}
    </button>
  )
}
