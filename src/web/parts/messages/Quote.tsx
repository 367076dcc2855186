/** The quotation of the answered message: its author, and a line of its text. It leads there. */
import { useEffect } from 'react'
import { quotedLine } from '../../../client/chat/messages/quotation.ts'
import { Icon } from '../controls/Icon.tsx'
import { Name } from '../person/Name.tsx'
import type { Quoted } from './living/living.ts'

type Props = {
  readonly seq: number
  readonly quoted: Quoted
  /** Sees to it that the message is fetched. */
  readonly onWant: (seq: number) => void
  readonly onGo: (seq: number) => void
}

export function Quote({ seq, quoted, onWant, onGo }: Props) {
  const isWanted = quoted === 'wanted'
  useEffect(() => {
    if (isWanted) onWant(seq)
  }, [isWanted, seq, onWant])
  return (
    <button type="button" className="quote" tabIndex={-1} title="Go to this message" onClick={() => onGo(seq)}>
      <Icon name="reply" />
      <span className="unseen">Answers </span>
      {typeof quoted === 'string' ? (
        <i>{WHY[quoted]}</i>
      ) : (
        <>
          <Name name={quoted.from} />
          <span className="unseen">: </span>
          <bdi className="quote-line">{quoted.text === null ? '(deleted)' : quotedLine(quoted)}</bdi>
        </>
      )}
    </button>
  )
}

const WHY: Readonly<Record<Extract<Quoted, string>, string>> = {
  ignored: 'somebody you ignore',
  wanted: 'an earlier message',
  absent: 'a message that is not kept',
}
