/** The time of a message, as a link to it. A click copies that link. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { useCopied } from '../../browser/use-copy.ts'
import type { Calendar } from '../../text/times.ts'
import type { Menus } from '../menu/menus.ts'

type Props = { readonly said: Said; readonly times: Calendar; readonly menus: Menus }

export function TimeLink({ said: { seq, at, held }, times, menus }: Props) {
  const link = menus.linkTo(seq)
  const [copied, copy] = useCopied(link)
  const time = (
    <time dateTime={new Date(at).toISOString()} title={times.exactly(at)}>
      {times.timeOf(at)}
    </time>
  )
  if (held) return <span className="time">{time}</span>
  return (
    <a
      className="time"
      href={link}
      tabIndex={-1}
      aria-label={`Copy the link to this message, of ${times.timeOf(at)}`}
      onClick={event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        copy()
      }}
    >
      {time}
      {copied === null ? null : (
        <span className="copied" role="status">
          {copied ? 'Link copied' : 'Not copied'}
        </span>
      )}
    </a>
  )
}
