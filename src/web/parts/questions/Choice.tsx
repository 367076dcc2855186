/** One choice of a question. While that is open it's a button, disabled if the reader may not answer. */
import type { ChoiceView } from '../../../client/chat/questions/question-view.ts'

type Props = {
  readonly choice: ChoiceView
  readonly place: number
  readonly isOpen: boolean
  readonly mayAnswer: boolean
  readonly onAnswer: () => void
}

const PERCENT = 100

export function Choice({ choice, place, isOpen, mayAnswer, onAnswer }: Props) {
  const { label, count, share, mine, isSending, won } = choice
  const classes = ['vote', ...(mine ? ['mine'] : []), ...(isSending ? ['sending'] : []), ...(won ? ['won'] : [])]
  const parts = (
    <>
      {count === null ? null : (
        <span className="vote-bar" aria-hidden="true" style={{ inlineSize: `${Math.round(share * PERCENT)}%` }} />
      )}
      <bdi className="vote-label">{label}</bdi>
      {mine ? <span className="unseen"> (your answer)</span> : null}
      {won && !isOpen ? <span className="unseen"> (chosen)</span> : null}
      {count === null ? null : (
        <span className="vote-count">
          {count}
          <span className="unseen">{count === 1 ? ' vote' : ' votes'}</span>
        </span>
      )}
    </>
  )
  if (!isOpen) return <div className={classes.join(' ')}>{parts}</div>
  return (
    <button
      type="button"
      className={classes.join(' ')}
      data-place={place}
      aria-pressed={mine}
      disabled={!mayAnswer}
      onClick={onAnswer}
    >
      {parts}
    </button>
  )
}
