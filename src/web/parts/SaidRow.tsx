/** A message. Who goes on speaking is not named again. */
import type { Said } from '../../client/timeline.ts'
import { exactly, timeOf } from '../text/times.ts'
import { DeleteButton } from './DeleteButton.tsx'
import { Name } from './Name.tsx'
import { Text } from './Text.tsx'

type Props = {
  readonly said: Said
  readonly follows: boolean
  readonly isTarget: boolean
  readonly onDelete: (command: string) => void
  readonly onPerson: (name: string) => void
}

/** A finger on a message of one's own shows what can be done with it. */
const TOUCHED = { tabIndex: -1 } as const

export function SaidRow({ said, follows, isTarget, onDelete, onPerson }: Props) {
  const { seq, at, from, text, action, mine, mention, replayed } = said
  const is = { follows, mention, replayed, action, target: isTarget }
  const classes = ['message', ...Object.entries(is).flatMap(([name, so]) => (so ? [name] : []))].join(' ')
  const who = mine ? (
    <Name name={from} />
  ) : (
    <button
      type="button"
      className="who-name"
      tabIndex={-1}
      title={`Talk to ${from} alone`}
      onClick={() => onPerson(from)}
    >
      <Name name={from} />
    </button>
  )
  return (
    <div className={classes} data-seq={seq} {...(mine ? TOUCHED : {})}>
      <time className="time" dateTime={new Date(at).toISOString()} title={exactly(at)}>
        {timeOf(at)}
      </time>
      <div className="body">
        <div className={follows || action ? 'who unseen' : 'who'}>
          {follows || action ? <bdi>{from}</bdi> : who}
          {replayed && !mine ? <span className="state">while you were away</span> : null}
        </div>
        <div className="text">
          {action ? (
            <>
              <Name name={from} />{' '}
            </>
          ) : null}
          {text === null ? <span className="deleted">(deleted)</span> : <Text text={text} rings={mention} />}
        </div>
      </div>
      {mine && text !== null ? <DeleteButton onDelete={() => onDelete(`/delete ${seq}`)} /> : null}
    </div>
  )
}
