/** A buzz: one big button for each member that hasn't buzzed, and the order of the others. */
import type { QuestionView } from '../../../client/chat/questions/question-view.ts'
import { Name } from '../person/Name.tsx'

type Props = { readonly view: QuestionView; readonly onBuzz: () => void }

/** The most names that are listed. */
const NAMED = 20

export function Order({ view: { order, isOpen, hasBuzzed, why }, onBuzz }: Props) {
  return (
    <>
      {isOpen ? (
        <button
          type="button"
          className={hasBuzzed ? 'buzzer mine' : 'buzzer'}
          aria-pressed={hasBuzzed}
          disabled={why !== null || hasBuzzed}
          onClick={onBuzz}
        >
          {hasBuzzed ? 'Buzzed' : 'Buzz!'}
        </button>
      ) : null}
      {order.length === 0 ? null : (
        <ol className="buzz-order" aria-label="Who buzzed, in order">
          {order.slice(0, NAMED).map((name, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what it's about, and names may repeat
            <li key={at}>
              <Name name={name} />
            </li>
          ))}
          {order.length > NAMED ? <li className="quiet">and {order.length - NAMED} more</li> : null}
        </ol>
      )}
    </>
  )
}
