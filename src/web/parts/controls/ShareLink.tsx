/** The address of a place, to send to others. */
import { useEffect, useState } from 'react'
import type { Where } from '../../../client/chat/place.ts'
import { copy } from '../../browser/copy.ts'
import { hashOf } from '../../browser/place.ts'

const COPIED_MS = 2500

export const linkTo = (where: Where): string => `${location.origin}/${hashOf(where)}`

export function ShareLink({ where }: { readonly where: Where }) {
  const link = linkTo(where)
  const [copied, setCopied] = useState<boolean | null>(null)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), COPIED_MS)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <div className="share">
      <bdi className="share-link" dir="ltr">
        {link}
      </bdi>
      <button type="button" onClick={() => void copy(link).then(setCopied)}>
        {copied === null ? 'Copy link' : copied ? 'Copied' : 'Copy it by hand'}
      </button>
      <span className="unseen" role="status">
        {copied ? 'The link is copied.' : ''}
      </span>
    </div>
  )
}
