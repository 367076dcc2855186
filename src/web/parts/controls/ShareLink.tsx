/** The address of a place, to send to others. */
import type { Where } from '../../../client/chat/place.ts'
import { hashOf } from '../../browser/place.ts'
import { useCopied } from '../../browser/use-copy.ts'

export const linkTo = (where: Where): string => `${location.origin}/${hashOf(where)}`

export function ShareLink({ where }: { readonly where: Where }) {
  const link = linkTo(where)
  const [copied, copy] = useCopied(link)
  return (
    <div className="share">
      <bdi className="share-link" dir="ltr">
        {link}
      </bdi>
      <button type="button" onClick={copy}>
        {copied === null ? 'Copy link' : copied ? 'Copied' : 'Copy it by hand'}
      </button>
      <span className="unseen" role="status">
        {copied ? 'The link is copied.' : ''}
      </span>
    </div>
  )
}
