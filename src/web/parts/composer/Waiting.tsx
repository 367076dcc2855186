/** Why one can't write now, above the field, and how long that still lasts. The typed text stays in the field. */
import type { Wait } from '../../../client/chat/keeping/wait.ts'
import { leftText } from '../../../model/duration.ts'
import { countdown } from '../../text/countdown.ts'

type Props = {
  readonly wait: Wait
  /** Milliseconds since the epoch, by the server's clock. */
  readonly now: number
  /** Sends the typed text in spite of the wait. */
  readonly onTry: () => void
}

export function Waiting({ wait: { why, until, refused }, now, onTry }: Props) {
  return (
    <div className="waiting">
      <div role="status">
        <span dir="auto">{why}</span>
        {/* Read once, not every second. */}
        {until === null ? null : <span className="unseen"> You can write again later.</span>}
      </div>
      {until === null ? null : (
        <strong className="left" aria-hidden="true" title={leftText(until - now)}>
          {countdown(until - now)}
        </strong>
      )}
      {refused ? (
        <button type="button" className="quiet-button" onClick={onTry}>
          Try now
        </button>
      ) : null}
    </div>
  )
}
