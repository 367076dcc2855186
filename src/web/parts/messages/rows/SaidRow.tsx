/** A message. The first of a group has its author's face and name; the others have their time in place of the face. */

import type { ChatStore } from '../../../../client/chat/chat-store.ts'
import type { Said } from '../../../../client/chat/conversation/timeline.ts'
import { textWithoutChoices } from '../../../../client/chat/questions/question.ts'
import type { Calendar } from '../../../text/times.ts'
import { Icon } from '../../controls/Icon.tsx'
import { Trouble } from '../../controls/Trouble.tsx'
import { authorOf } from '../../menu/author.ts'
import type { Menus } from '../../menu/menus.ts'
import { AccountMark } from '../../person/AccountMark.tsx'
import { Avatar } from '../../person/Avatar.tsx'
import { Name } from '../../person/Name.tsx'
import { useQuestions } from '../../questions/use-questions.ts'
import { Bar } from '../living/Bar.tsx'
import { editedNow, type Living } from '../living/living.ts'
import type { LivingParts } from '../living/use-living.ts'
import { Text } from '../Text.tsx'
import { TimeLink } from '../TimeLink.tsx'

type Props = {
  readonly said: Said
  readonly living: Living
  readonly parts: LivingParts | null
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

export function SaidRow({ said, living, parts, follows, isTarget, times, isCompact, trouble, talk, menus }: Props) {
  const { seq, from, action, mine, mention, replayed, held = false, reply, edited } = said
  const editing = editedNow(living)
  const questions = useQuestions(living.question !== null)
  const text = editing ?? shownText(said, living)
  const begins = (!follows || reply !== undefined) && !action
  const is = { follows: !begins && follows, begins, mention, replayed, action, held, target: isTarget }
  const classes = ['message', ...Object.entries(is).flatMap(([name, so]) => (so ? [name] : []))].join(' ')
  const time = <TimeLink said={said} times={times} menus={menus} />
  return (
    <div className={classes} data-seq={seq} {...TOUCHED}>
      {begins && !isCompact ? <Face said={said} menus={menus} /> : time}
      <div className="body">
        <div className={begins ? 'who' : 'who unseen'}>
          {begins ? <Author said={said} menus={menus} /> : <bdi>{from}</bdi>}
          {begins && !isCompact ? time : null}
          {held ? <span className="state">waits for a keeper</span> : null}
          {replayed && !mine ? <span className="state">while you were away</span> : null}
          {living.isPinned ? (
            <span className="state pinned-state">
              <Icon name="pin" /> pinned
            </span>
          ) : null}
        </div>
        {reply === undefined || living.quoted === null || text === null || !parts ? null : (
          <parts.Quote seq={reply} quoted={living.quoted} onWant={menus.onWant} onGo={menus.onQuoted} />
        )}
        <div className="text">
          {action ? (
            <>
              <Name name={from} />{' '}
            </>
          ) : null}
          {text === null ? <span className="deleted">(deleted)</span> : <Text text={text} rings={mention} />}
          {edited !== undefined && text !== null && editing === null ? (
            <span className="edited" title={`Edited ${times.exactly(edited)}`}>
              {' '}
              (edited)
            </span>
          ) : null}
          {editing === null ? null : <span className="edited"> (saving…)</span>}
        </div>
        {living.question && questions && text !== null ? (
          <questions.QuestionBox question={living.question} text={text} living={living} menus={menus} />
        ) : null}
        {said.live && parts && text !== null ? (
          <parts.LiveBox seq={seq} at={said.at} live={said.live} menus={menus} />
        ) : null}
        {said.files && parts ? <parts.FilesOf files={said.files} onView={menus.onView} /> : null}
        {parts ? <parts.Reactions said={said} living={living} menus={menus} /> : null}
        {trouble === null ? null : <Trouble message={trouble} onClose={() => talk.trouble(null)} />}
      </div>
      <Bar said={said} menus={menus} />
    </div>
  )
}

/** The choices of a question are drawn as buttons. */
const shownText = ({ text }: Said, { question }: Living): string | null =>
  text === null || question === null ? text : textWithoutChoices(text, question)

type OfAuthor = { readonly said: Said; readonly menus: Menus }

/** The name beside it does the same, for users who don't see it. */
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
