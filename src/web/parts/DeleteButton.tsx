/** Deletes a message of one's own, when it was asked twice. */
import { useState } from 'react'

export function DeleteButton({ onDelete }: { readonly onDelete: () => void }) {
  const [sure, setSure] = useState(false)
  return (
    <button
      type="button"
      className={sure ? 'act sure' : 'act'}
      onClick={() => (sure ? onDelete() : setSure(true))}
      onBlur={() => setSure(false)}
    >
      {sure ? 'Delete it?' : 'Delete'}
    </button>
  )
}
