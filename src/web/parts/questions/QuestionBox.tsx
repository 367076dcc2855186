/** A question below its message: a button for each choice while it's open, then its outcome. */
import { useRef } from 'react'
import { mayClose, whyNot } from '../../../client/chat/questions/entitled.ts'
import type { Question } from '../../../client/chat/questions/question.ts'
import { type QuestionView, questionView, timeLeft } from '../../../client/chat/questions/question-view.ts'
import type { Menus } from '../menu/menus.ts'
import type { Living } from '../messages/living/living.ts'
import { useNow } from '../use-now.ts'
import { Choice } from './Choice.tsx'
import { useReporting } from './in-sight.ts'
import { Order } from './Order.tsx'

type Props = {
  readonly question: Question
  /** The text of the question. */
  readonly text: string
  readonly living: Living
  readonly menus: Menus
}

const SECOND_MS = 1000

export function QuestionBox({ question, text, living, menus }: Props) {
  const { pending, member, view: reader } = living
  const view = questionView(question, { pending, member, why: reader && whyNot(reader, question) })
  const now = useNow(menus.serverNow, view.isOpen ? SECOND_MS : 0)
  const { seq } = question
  const box = useRef<HTMLDivElement>(null)
  useReporting(seq, box)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be part of a form
    <div ref={box} className={`question ${view.kind}`} role="group" aria-label={text} data-open={view.isOpen}>
      {view.choices.length === 0 ? null : (
        <ul className="question-choices">
          {view.choices.map((choice, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is the choice
            <li key={place}>
              <Choice
                choice={choice}
                place={place}
                isOpen={view.isOpen}
                mayAnswer={view.why === null}
                onAnswer={() => menus.onAnswer(seq, place)}
              />
            </li>
          ))}
        </ul>
      )}
      {view.kind === 'buzz' ? <Order view={view} onBuzz={() => menus.onAnswer(seq)} /> : null}
      <p className="question-state">
        <Standing view={view} />
        {view.isOpen ? (
          // Read once, with the message, not every second.
          <span className="question-left" aria-hidden="true">
            {' · '}
            {timeLeft(question, now)}
          </span>
        ) : null}
        {reader && mayClose(reader, question) ? (
          <button type="button" className="quiet-button" onClick={() => menus.onCloseQuestion(seq)}>
            {view.kind === 'ask' ? 'Withdraw' : 'Close'}
          </button>
        ) : null}
      </p>
    </div>
  )
}

/** Said by a screen reader when it changes. */
function Standing({ view: { standing, why, isOpen } }: { readonly view: QuestionView }) {
  return (
    <span role="status" aria-live="polite">
      <bdi>{isOpen && why !== null ? why : standing}</bdi>
    </span>
  )
}
