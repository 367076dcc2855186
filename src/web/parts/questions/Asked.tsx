/** A quiet strip above the composer: a question waits for the reader, and its message is out of sight. */
import { useEffect } from 'react'
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import { quotationOf, quotedLine } from '../../../client/chat/messages/quotation.ts'
import { textWithoutChoices } from '../../../client/chat/questions/question.ts'
import { waitingFor } from '../../../client/chat/questions/waiting.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { useInSight } from './in-sight.ts'

type Props = {
  readonly chat: Chat
  readonly talk: ChatStore
  readonly onGo: (seq: number) => void
}

export function Asked({ chat, talk, onGo }: Props) {
  const inSight = useInSight()
  const [first, ...others] = waitingFor(chat, chat.where).filter(({ seq }) => !inSight.has(seq))
  const quotation = first ? quotationOf(chat, first.seq) : null
  const wanted = quotation?.is === 'wanted' ? quotation.seq : null
  useEffect(() => {
    if (wanted !== null) talk.look([wanted])
  }, [talk, wanted])
  if (!first || quotation?.is === 'ignored') return null
  const text = quotation?.is === 'message' ? textWithoutChoices(quotedLine(quotation.said), first) : ''
  return (
    <div className="asked">
      <span className="asked-text" role="status">
        <strong>
          <bdi>{first.from}</bdi> asks:
        </strong>{' '}
        <bdi>{text}</bdi>
      </span>
      {others.length > 0 ? <span className="quiet">+{others.length}</span> : null}
      <button type="button" className="quiet-button" onClick={() => onGo(first.seq)}>
        Show
      </button>
    </div>
  )
}
