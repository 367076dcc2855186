/**
 * The messages of one place, as a list that draws only the visible rows. At its end it stays at the end; elsewhere it
 * stays in place while rows are added above (client/view/rows.ts).
 */
import { type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react'
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import type { Conversation } from '../../../client/chat/conversation/conversation.ts'
import { beginning } from '../../../client/chat/sentences.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { byKeys } from '../../list/list-keys.ts'
import { type ListHandle, WindowedList } from '../../list/WindowedList.tsx'
import type { Menus } from '../menu/menus.ts'
import { useSettings } from '../use-settings.ts'
import { useLiving } from './living/use-living.ts'
import { listedRow } from './rows/listed-row.tsx'
import { useRows } from './rows/use-rows.ts'
import { useLongPress } from './use-long-press.ts'
import { useSight } from './use-sight.ts'
import { type Target, useTarget } from './use-target.ts'

export type Scrolling = Pick<ListHandle, 'toEnd' | 'toStart' | 'page'>

type Props = {
  readonly ref: Ref<Scrolling>
  readonly chat: Chat
  readonly at: Conversation
  readonly talk: ChatStore
  readonly target: Target | null
  readonly menus: Menus
  /** Shows the latest messages. */
  readonly onLatest: () => void
}

export function Messages({ ref, chat, at, talk, target, menus, onLatest }: Props) {
  const list = useRef<ListHandle>(null)
  const [first, setFirst] = useState(0)
  const isExcerpt = at.excerpt !== null
  const shown = useRows(chat, at)
  const onEnd = useSight(talk, isExcerpt)
  const found = useTarget(target, shown.rows, at, talk, list)

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

  const parts = useLiving()
  const { rows, keys } = shown.rows
  const isCompact = useSettings().density === 'compact'
  const mark = rows.findLastIndex(({ kind }) => kind === 'mark')
  const markKey = keys[mark]
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the list within
    <div className="messages" onKeyDown={event => byKeys(event, scrolling)} {...useLongPress()}>
      {markKey !== undefined && mark < first ? (
        <button type="button" className="chip to-mark" onClick={() => list.current?.toRow(markKey)}>
          ↑ New messages
        </button>
      ) : null}
      {parts && isEmpty(at, shown.keys.length) ? <parts.Empty chat={chat} where={at.where} /> : null}
      <WindowedList
        // Rows that aren't drawn have other heights in the other density.
        key={isCompact ? 'compact' : 'comfortable'}
        ref={list}
        label={`Messages in ${at.where}`}
        keys={shown.keys}
        head={beginning(at.past)}
        onEnd={onEnd}
        onStart={() => talk.earlier(at.where)}
        onFoot={() => talk.later(at.where)}
        isExcerpt={isExcerpt}
        onFirst={setFirst}
        row={index => listedRow(index, { ...shown, isCompact, chat, parts, found, talk, menus })}
      />
      {chat.seesEnd && !isExcerpt ? null : (
        <button type="button" className="chip to-end" onClick={scrolling.toEnd}>
          ↓ {at.unread > 0 ? `${at.unread} new` : 'To the latest'}
        </button>
      )}
    </div>
  )
}

/** With at most this many rows of enters and exits, there is room for the text about the place. */
const QUIET_ROWS = 4

const isEmpty = ({ past, timeline }: Conversation, rows: number): boolean =>
  past !== 'loading' && rows <= QUIET_ROWS && timeline.entries.every(({ kind }) => kind === 'happened')
