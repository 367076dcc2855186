/** Above the field: the answered or edited message. */
import { useEffect } from 'react'
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import { quotationOf, quotedLine } from '../../../client/chat/messages/quotation.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { Icon } from '../controls/Icon.tsx'
import { Name } from '../person/Name.tsx'
import type { Mode } from './use-modes.ts'

type Props = { readonly mode: Mode; readonly chat: Chat; readonly talk: ChatStore; readonly onLeave: () => void }

export function ModeLine({ mode: { is, seq }, chat, talk, onLeave }: Props) {
  const quotation = quotationOf(chat, seq)
  const isWanted = quotation.is === 'wanted'
  useEffect(() => {
    if (isWanted) talk.look([seq])
  }, [isWanted, seq, talk])
  const said = quotation.is === 'message' ? quotation.said : null
  return (
    <div className="mode" role="status">
      <Icon name={is} />
      {is === 'edit' ? 'Editing your message' : 'Reply to '}
      {is === 'reply' && said ? <Name name={said.from} /> : null}
      <bdi className="quote-line">{said ? quotedLine(said) : ''}</bdi>
      <button
        type="button"
        className="icon"
        aria-label={is === 'edit' ? 'Stop editing' : 'Do not answer'}
        title="Esc"
        onClick={onLeave}
      >
        <Icon name="close" />
      </button>
    </div>
  )
}
