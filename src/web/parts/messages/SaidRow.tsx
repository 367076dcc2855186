/** A message. Further messages of the same sender don't repeat the name. */

import type { ChatStore } from '../../../client/chat/chat-store.ts'
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import type { Calendar } from '../../text/times.ts'
import { Name } from '../controls/Name.tsx'
import { SureButton } from '../controls/SureButton.tsx'
import { Trouble } from '../controls/Trouble.tsx'
import type { Menus } from '../menu/menus.ts'
import { authorOf } from '../menu/message-items.ts'
import { Text } from './Text.tsx'

type Props = {
  readonly said: Said
  readonly follows: boolean
  readonly isTarget: boolean
  readonly times: Calendar
  /** The error about it. */
  readonly trouble: string | null
  readonly talk: ChatStore
  readonly menus: Menus
}

/** A touch, or the arrow keys of the list, focus a message and show its actions. */
const TOUCHED = { tabIndex: -1 } as const

export function SaidRow({ said, follows, isTarget, times, trouble, talk, menus }: Props) {
  const { seq, at, from, text, action, mine, mention, replayed, account, held = false } = said
  const is = { follows, mention, replayed, action, held, target: isTarget }
  const classes = ['message', ...Object.entries(is).flatMap(([name, so]) => (so ? [name] : []))].join(' ')
  const who = mine ? (
    <Name name={from} />
  ) : (
    <button
      type="button"
      className="who-name"
      tabIndex={-1}
      aria-haspopup="menu"
      title={account ? `${from} (account)` : from}
      onClick={event => menus.onPerson(authorOf(said), event.currentTarget)}
    >
      <Name name={from} />
    </button>
  )
  return (
    <div className={classes} data-seq={seq} {...TOUCHED}>
      <time className="time" dateTime={new Date(at).toISOString()} title={times.exactly(at)}>
        {times.timeOf(at)}
      </time>
      <div className="body">
        <div className={follows || action ? 'who unseen' : 'who'}>
          {follows || action ? <bdi>{from}</bdi> : who}
          {held ? <span className="state">waits for a keeper</span> : null}
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
        {trouble === null ? null : <Trouble message={trouble} onClose={() => talk.trouble(null)} />}
      </div>
      <button
        type="button"
        className="act more"
        tabIndex={-1}
        aria-haspopup="menu"
        aria-label={`More about the message of ${from}`}
        onClick={event => menus.onMessage(said, event.currentTarget)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {mine && text !== null && !held ? (
        <SureButton
          label="Delete"
          question="Delete it?"
          className="act"
          tabIndex={-1}
          onSure={() => talk.enter(`/delete ${seq}`)}
        />
      ) : null}
    </div>
  )
}
