/**
 * The messages of one place, as a list that draws only the visible rows. At its end it stays at the end; elsewhere it
 * stays in place while rows are added above (client/view/rows.ts).
 */
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { placeOf } from '../../../client/chat/chat.ts'
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import type { Conversation } from '../../../client/chat/conversation/conversation.ts'
import { beginning } from '../../../client/chat/sentences.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { entryAt, type Rows, rowsOf } from '../../../client/view/rows.ts'
import { byKeys } from '../../list/list-keys.ts'
import { type ListHandle, WindowedList } from '../../list/WindowedList.tsx'
import { PendingRow } from './PendingRow.tsx'
import { Row } from './Row.tsx'
import { useCalendar } from './use-calendar.ts'
import { type Target, useTarget } from './use-target.ts'
import { Empty } from './Welcome.tsx'

export type Scrolling = Pick<ListHandle, 'toEnd' | 'toStart' | 'page'>

type Props = {
  readonly ref: Ref<Scrolling>
  readonly chat: Chat
  readonly at: Conversation
  readonly talk: ChatStore
  readonly target: Target | null
  readonly onPerson: (name: string) => void
  /** Shows the latest messages. */
  readonly onLatest: () => void
}

export function Messages({ ref, chat, at, talk, target, onPerson, onLatest }: Props) {
  const list = useRef<ListHandle>(null)
  const known = useRef<Rows | null>(null)
  const [first, setFirst] = useState(0)
  const times = useCalendar()
  const drawn = useRef(times)
  const rows = rowsOf(at, times.dayOf, drawn.current === times ? known.current : null)
  known.current = rows
  drawn.current = times
  const pending = useMemo(
    () => chat.pending.filter(({ id, asked }) => placeOf(asked) === at.where && !chat.heard.has(id)),
    [chat.pending, chat.heard, at.where],
  )
  const seen = useRef(chat.seesEnd)
  const found = useTarget(target, rows, at, talk, list)

  useEffect(() => {
    const look = (): void => talk.see(seen.current && document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [talk])

  const scrolling = useMemo<Scrolling>(
    () => ({
      toEnd() {
        onLatest()
        list.current?.toEnd()
      },
      toStart() {
        list.current?.toStart()
        talk.earlier(at.where)
      },
      page: by => list.current?.page(by),
    }),
    [talk, at.where, onLatest],
  )
  useImperativeHandle(ref, () => scrolling, [scrolling])

  const isExcerpt = at.excerpt !== null
  const keys =
    isExcerpt || pending.length === 0 ? rows.keys : [...rows.keys, ...pending.map(({ id }) => `pending${id}`)]
  const mark = rows.rows.findLastIndex(({ kind }) => kind === 'mark')
  const markKey = rows.keys[mark]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the list within
    <div className="messages" onKeyDown={event => byKeys(event, scrolling)}>
      {markKey !== undefined && mark < first ? (
        <button type="button" className="chip to-mark" onClick={() => list.current?.toRow(markKey)}>
          ↑ New messages
        </button>
      ) : null}
      {isEmpty(at, keys.length) ? <Empty chat={chat} where={at.where} /> : null}
      <WindowedList
        ref={list}
        label={`Messages in ${at.where}`}
        keys={keys}
        head={beginning(at.past)}
        onEnd={isInSight => {
          seen.current = isInSight
          talk.see(isInSight && !isExcerpt && document.visibilityState === 'visible')
        }}
        onStart={() => talk.earlier(at.where)}
        onFoot={() => talk.later(at.where)}
        isExcerpt={isExcerpt}
        onFirst={setFirst}
        row={index => {
          const row = rows.rows[index]
          const waiting = pending[index - rows.rows.length]
          if (!row) return waiting ? <PendingRow pending={waiting} name={chat.view.name} /> : null
          return (
            <Row
              row={row}
              entry={row.kind === 'entry' ? entryAt(rows, row) : null}
              above={aboveOf(rows, index)}
              times={times}
              trouble={troubleOf(chat, row)}
              isTarget={row.kind === 'entry' && row.entry.seq === found}
              talk={talk}
              onPerson={onPerson}
            />
          )
        }}
      />
      {chat.seesEnd && !isExcerpt ? null : (
        <button type="button" className="chip to-end" onClick={scrolling.toEnd}>
          ↓ {at.unread > 0 ? `${at.unread} new` : 'To the latest'}
        </button>
      )}
    </div>
  )
}

/** The message right above, without a day or a mark between. */
function aboveOf(rows: Rows, index: number) {
  const row = rows.rows[index - 1]
  return row?.kind === 'entry' ? row.entry : null
}

/** With at most this many rows of enters and exits, there is room for the text about the place. */
const QUIET_ROWS = 4

const isEmpty = ({ past, timeline }: Conversation, rows: number): boolean =>
  past !== 'loading' && rows <= QUIET_ROWS && timeline.entries.every(({ kind }) => kind === 'happened')

/** The error about a message is shown at the message. */
function troubleOf({ trouble }: Chat, row: Rows['rows'][number]): string | null {
  if (trouble?.asked?.type !== 'delete' || row.kind !== 'entry') return null
  return trouble.asked.seq === row.entry.seq ? trouble.message : null
}
