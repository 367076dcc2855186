/** A message. The first of a group has its author's face and name; the others have their time in place of the face. */

import type { ChatStore } from '../../../client/chat/chat-store.ts'
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import type { Calendar } from '../../text/times.ts'
import { Trouble } from '../controls/Trouble.tsx'
import { authorOf } from '../menu/author.ts'
import type { Menus } from '../menu/menus.ts'
import { AccountMark } from '../person/AccountMark.tsx'
import { Avatar } from '../person/Avatar.tsx'
import { Name } from '../person/Name.tsx'
import { Bar } from './Bar.tsx'
import { Text } from './Text.tsx'
import { Time } from './Time.tsx'

type Props = {
  readonly said: Said
  readonly follows: boolean
  readonly isTarget: boolean
  readonly times: Calendar
  readonly isCompact: boolean
  /** The error about it. */
  readonly trouble: string | null
  readonly talk: ChatStore
  readonly menus: Menus
}

/** A touch, or the arrow keys of the list, focus a message and show its actions. */
const TOUCHED = { tabIndex: -1 } as const

export function SaidRow({ said, follows, isTarget, times, isCompact, trouble, talk, menus }: Props) {
  const { seq, at, from, text, action, mine, mention, replayed, held = false } = said
  const begins = !follows && !action
  const is = { follows, begins, mention, replayed, action, held, target: isTarget }
  const classes = ['message', ...Object.entries(is).flatMap(([name, so]) => (so ? [name] : []))].join(' ')
  const time = <Time at={at} times={times} />
  return (
    <div className={classes} data-seq={seq} {...TOUCHED}>
      {begins && !isCompact ? <Face said={said} menus={menus} /> : time}
      <div className="body">
        <div className={begins ? 'who' : 'who unseen'}>
          {begins ? <Author said={said} menus={menus} /> : <bdi>{from}</bdi>}
          {begins && !isCompact ? time : null}
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
      <Bar said={said} menus={menus} />
    </div>
  )
}

type OfAuthor = { readonly said: Said; readonly menus: Menus }

/** The name beside it does the same, for those who don't see it. */
function Face({ said, menus }: OfAuthor) {
  if (said.mine) return <Avatar name={said.from} id={said.author} />
  return (
    <button
      type="button"
      className="face-button"
      tabIndex={-1}
      aria-hidden="true"
      onClick={event => menus.onPerson(authorOf(said), event.currentTarget)}
    >
      <Avatar name={said.from} id={said.author} />
    </button>
  )
}

function Author({ said, menus }: OfAuthor) {
  const { from, mine, account } = said
  const mark = account ? <AccountMark /> : null
  if (mine)
    return (
      <span className="who-name">
        <Name name={from} />
        {mark}
      </span>
    )
  return (
    <button
      type="button"
      className="who-name"
      tabIndex={-1}
      aria-haspopup="menu"
      onClick={event => menus.onPerson(authorOf(said), event.currentTarget)}
    >
      <Name name={from} />
      {mark}
    </button>
  )
}
