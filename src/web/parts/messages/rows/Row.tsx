/** One row of the list: a message, an event, a day, or the mark of new messages. */
import { memo } from 'react'
import type { ChatStore } from '../../../../client/chat/chat-store.ts'
import type { Entry } from '../../../../client/chat/conversation/timeline.ts'
import { happened, missing, movements } from '../../../../client/chat/sentences.ts'
import type { Shown } from '../../../../client/view/entry-rows.ts'
import { continues } from '../../../../client/view/rows.ts'
import type { Calendar } from '../../../text/times.ts'
import { Icon } from '../../controls/Icon.tsx'
import type { Menus } from '../../menu/menus.ts'
import type { Living } from '../living/living.ts'
import type { LivingParts } from '../living/use-living.ts'
import { Time } from '../Time.tsx'
import { FailedRow } from './FailedRow.tsx'
import { SaidRow } from './SaidRow.tsx'

type Props = {
  readonly row: Shown
  /** The entry as it is now. */
  readonly entry: Entry | null
  readonly above: Entry | null
  /** Null: it's no message. */
  readonly living: Living | null
  readonly parts: LivingParts | null
  readonly times: Calendar
  /** Times stand in place of faces. */
  readonly isCompact: boolean
  /** The error about it. */
  readonly trouble: string | null
  readonly isTarget: boolean
  readonly talk: ChatStore
  readonly menus: Menus
}

const NOTHING: Living = {
  quoted: null,
  pending: [],
  isPinned: false,
  member: '',
  question: null,
  view: null,
}

export const Row = memo(function Row(props: Props) {
  const { row, entry, above, living, parts, times, isCompact, trouble, isTarget, talk, menus } = props
  switch (row.kind) {
    case 'day':
      return (
        <div className="day">
          <span title={times.dayOf(row.at)}>{times.dayName(row.at)}</span>
        </div>
      )
    case 'mark':
      return (
        <div className="mark">
          <span>new</span>
        </div>
      )
    case 'run':
      return <EventRow at={row.run.at(-1)?.at ?? 0} times={times} words={movements(row.run)} />
    case 'entry':
      break
  }
  if (entry === null) return null
  switch (entry.kind) {
    case 'said':
      return (
        <SaidRow
          said={entry}
          living={living ?? NOTHING}
          parts={parts}
          follows={continues(above, entry)}
          times={times}
          isCompact={isCompact}
          trouble={trouble}
          isTarget={isTarget}
          talk={talk}
          menus={menus}
        />
      )
    case 'happened':
      return (
        <EventRow
          at={entry.at}
          times={times}
          words={happened(entry)}
          isMine={entry.mine}
          onGo={
            entry.event.type === 'pinned' || entry.event.type === 'concluded'
              ? menus.onQuoted.bind(null, entry.event.target)
              : undefined
          }
        />
      )
    case 'failed':
      return <FailedRow failed={entry} onAgain={talk.again} onDismiss={talk.dismiss} />
    case 'gap':
      return <div className="gap">{missing(entry)}</div>
    case 'note':
      return (
        <div className={entry.tone === 'error' ? 'note wrong' : 'note'}>
          <span dir="auto">{entry.lines.join('\n')}</span>
          <button type="button" className="icon" aria-label="Close this answer" onClick={() => talk.dismiss(entry)}>
            <Icon name="close" />
          </button>
        </div>
      )
  }
}, isSame)

/** The data that a row draws beside its message are put together anew each time. */
function isSame(before: Props, now: Props): boolean {
  const { living: was, ...other } = before
  const { living, ...same } = now
  return isShallow(other, same) && (was === living || (was !== null && living !== null && isShallow(was, living)))
}

const isShallow = <T extends object>(one: T, other: T): boolean =>
  (Object.keys(one) as (keyof T)[]).every(field => Object.is(one[field], other[field]))

type EventProps = {
  readonly at: number
  readonly times: Calendar
  readonly words: string
  /** It's about the reader. */
  readonly isMine?: boolean | undefined
  /** Goes to the message that it's about. */
  readonly onGo?: (() => void) | undefined
}

function EventRow({ at, times, words, isMine = false, onGo }: EventProps) {
  return (
    <div className={isMine ? 'event mine' : 'event'}>
      <Time at={at} times={times} />
      {onGo ? (
        <button type="button" className="event-link" onClick={onGo}>
          <bdi>{words}</bdi>
        </button>
      ) : (
        <bdi>{words}</bdi>
      )}
    </div>
  )
}
