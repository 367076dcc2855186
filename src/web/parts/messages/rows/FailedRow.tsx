/** A message that wasn't sent, or whose outcome is unknown. Only its author sends it again. */

import type { Failed } from '../../../../client/chat/chat-store.ts'
import { UNKNOWN_MESSAGE } from '../../../../client/chat/sentences.ts'

type Props = {
  readonly failed: Failed
  readonly onAgain: (failed: Failed) => void
  readonly onDismiss: (failed: Failed) => void
}

export function FailedRow({ failed, onAgain, onDismiss }: Props) {
  return (
    <div className="message failed">
      <span className="time" aria-hidden="true">
        !
      </span>
      <div className="body">
        <div className="who">
          <span className="wrong">not sent</span>
          <span className="state">{failed.why ?? UNKNOWN_MESSAGE}</span>
        </div>
        <div className="text">{failed.text}</div>
        {failed.files ? <div className="quiet small">{failed.files.map(({ name }) => name).join(', ')}</div> : null}
        <div className="acts">
          <button type="button" onClick={() => onAgain(failed)}>
            Send again
          </button>
          <button type="button" className="quiet-button" onClick={() => onDismiss(failed)}>
            Dismiss
          </button>
        </div>
      </div>
    </div>
  )
}
