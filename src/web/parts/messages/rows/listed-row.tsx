/** A row of the list: a row of the conversation or, below these, a message of one's own without an answer. */
import type { ReactNode } from 'react'
import type { ChatStore } from '../../../../client/chat/chat-store.ts'
import type { Chat } from '../../../../client/chat/state.ts'
import type { Asked } from '../../../../client/session/outbox/outbox.ts'
import type { Pending } from '../../../../client/session/outbox/pending.ts'
import { entryAt, type Rows } from '../../../../client/view/rows.ts'
import type { Calendar } from '../../../text/times.ts'
import type { Menus } from '../../menu/menus.ts'
import { livingOf } from '../living/living.ts'
import type { LivingParts } from '../living/use-living.ts'
import { PendingRow } from './PendingRow.tsx'
import { Row } from './Row.tsx'

type Shown = {
  readonly rows: Rows
  readonly pending: readonly Pending[]
  readonly times: Calendar
  readonly isCompact: boolean
  readonly chat: Chat
  readonly parts: LivingParts | null
  /** The number of the message to highlight. */
  readonly found: number | null
  readonly talk: ChatStore
  readonly menus: Menus
}

export function listedRow(
  index: number,
  { rows, pending, times, isCompact, chat, parts, found, talk, menus }: Shown,
): ReactNode {
  const row = rows.rows[index]
  const waiting = pending[index - rows.rows.length]
  if (!row) return waiting ? <PendingRow pending={waiting} name={chat.view.name} /> : null
  const entry = row.kind === 'entry' ? entryAt(rows, row) : null
  return (
    <Row
      row={row}
      entry={entry}
      parts={parts}
      living={entry?.kind === 'said' ? livingOf(chat, entry) : null}
      above={aboveOf(rows, index)}
      times={times}
      isCompact={isCompact}
      trouble={troubleOf(chat, row)}
      isTarget={row.kind === 'entry' && row.entry.seq === found}
      talk={talk}
      menus={menus}
    />
  )
}

/** The message right above, without a day or a mark between. */
function aboveOf(rows: Rows, index: number) {
  const row = rows.rows[index - 1]
  return row?.kind === 'entry' ? row.entry : null
}

/** The message that an error is about, which shows it; null: none. */
export function messageOfTrouble(asked: Asked | null): number | null {
  switch (asked?.type) {
    case 'delete':
    case 'edit':
    case 'react':
    case 'pin':
    case 'answer':
    case 'close':
      return asked.seq ?? null
    default:
      return null
  }
}

function troubleOf({ trouble }: Chat, row: Rows['rows'][number]): string | null {
  if (!trouble || row.kind !== 'entry' || row.entry.kind !== 'said') return null
  return messageOfTrouble(trouble.asked) === row.entry.seq ? trouble.message : null
}
