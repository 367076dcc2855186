/**
 * What was said in one place, as a list of which only what is in sight is drawn. It stays at its end as long as its
 * reader is there, and stays where its reader is when something comes above (client/rows.ts).
 */
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { placeOf } from '../../client/chat.ts'
import type { Chat } from '../../client/chat-state.ts'
import type { Conversation } from '../../client/conversation.ts'
import { entryAt, type Rows, rowsOf } from '../../client/rows.ts'
import { beginning } from '../../client/sentences.ts'
import type { Talk } from '../../client/talk.ts'
import { type ListHandle, WindowedList } from '../list/WindowedList.tsx'
import { dayOf } from '../text/times.ts'
import { PendingRow } from './PendingRow.tsx'
import { Row } from './Row.tsx'
import { type Target, useTarget } from './use-target.ts'

export type Scrolling = {
  readonly toEnd: () => void
  readonly toStart: () => void
  /** By pages; negative is up. */
  readonly page: (by: number) => void
}

type Props = {
  readonly ref: Ref<Scrolling>
  readonly chat: Chat
  readonly at: Conversation
  readonly talk: Talk
  readonly target: Target | null
  readonly onPerson: (name: string) => void
}

export function Messages({ ref, chat, at, talk, target, onPerson }: Props) {
  const list = useRef<ListHandle>(null)
  const known = useRef<Rows | null>(null)
  const [first, setFirst] = useState(0)
  const rows = rowsOf(at, dayOf, known.current)
  known.current = rows
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

  useImperativeHandle(
    ref,
    () => ({
      toEnd: () => list.current?.toEnd(),
      toStart() {
        list.current?.toStart()
        talk.earlier(at.where)
      },
      page: by => list.current?.page(by),
    }),
    [talk, at.where],
  )

  const keys = pending.length === 0 ? rows.keys : [...rows.keys, ...pending.map(({ id }) => `pending${id}`)]
  const mark = rows.rows.findLastIndex(({ kind }) => kind === 'mark')
  const markKey = rows.keys[mark]
  return (
    <div className="messages">
      {markKey !== undefined && mark < first ? (
        <button type="button" className="chip to-mark" onClick={() => list.current?.toRow(markKey)}>
          ↑ New since you looked
        </button>
      ) : null}
      {keys.length === 0 ? <Empty at={at} /> : null}
      <WindowedList
        ref={list}
        label={`Messages in ${at.where}`}
        keys={keys}
        head={beginning(at.past)}
        onEnd={isInSight => {
          seen.current = isInSight
          talk.see(isInSight && document.visibilityState === 'visible')
        }}
        onStart={() => talk.earlier(at.where)}
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
              isTarget={row.kind === 'entry' && row.entry.seq === found}
              talk={talk}
              onPerson={onPerson}
            />
          )
        }}
      />
      {chat.seesEnd ? null : (
        <button type="button" className="chip to-end" onClick={() => list.current?.toEnd()}>
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

function Empty({ at }: { readonly at: Conversation }) {
  if (at.past === 'loading') return null
  return (
    <div className="empty">
      <p>
        <strong dir="auto">{at.where}</strong>
      </p>
      <p className="quiet">Nothing has been said here yet.</p>
    </div>
  )
}
