/** The queue of hands of a room: the next one, one's own hand, and for members that may, the call on the next one. */
import { handsIn, isRaised, mayCall } from '../../../client/chat/questions/hands.ts'
import { listed } from '../../../client/chat/sentences.ts'
import type { Chat } from '../../../client/chat/state.ts'
import type { Asked } from '../../../client/session/outbox/outbox.ts'

type Props = { readonly chat: Chat; readonly room: string; readonly onAsk: (asked: Asked) => void }

const NAMED = 6

export function Hands({ chat, room, onAsk }: Props) {
  const { view } = chat
  const hands = handsIn(view, room)
  const raised = isRaised(view, room)
  return (
    <section className="hands" aria-label="Raised hands">
      <span className="hands-names" role="status" aria-live="polite">
        <strong>Hands:</strong>{' '}
        <bdi>
          {listed(
            hands.map(({ name }) => name),
            NAMED,
          )}
        </bdi>
      </span>
      <button
        type="button"
        className="quiet-button"
        aria-pressed={raised}
        onClick={() => onAsk({ type: 'hand', room, ...(raised && { off: true }) })}
      >
        {raised ? 'Lower mine' : 'Raise mine'}
      </button>
      {mayCall(view, room) ? (
        <button type="button" className="quiet-button" onClick={() => onAsk({ type: 'hand', room, next: true })}>
          Next
        </button>
      ) : null}
    </section>
  )
}
