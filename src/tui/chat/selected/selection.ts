/** One message of the conversation is selected by keys: it's drawn inverted, and keys act on it (acts.ts). Pure. */
import { here } from '../../../client/chat/chat.ts'
import { indexOf, isHidden, type Said } from '../../../client/chat/conversation/timeline.ts'
import { mayDo } from '../../../client/chat/people/roles.ts'
import { roomOf } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { isInSight, type LineAnchor, type Pane, scrollDown } from '../scroll.ts'

export type Selected = {
  readonly seq: number
  readonly i: number
  /** The question to the user: to confirm the deletion, which link to open, or how to react; null: none. */
  readonly asking: 'delete' | 'link' | 'react' | null
  /** The names of the members that have reacted are shown. */
  readonly names?: true
} | null

/** The selected message as it is now; null: none is selected, or it's gone. */
export function selectedMessage(chat: Chat, selected: Selected): Said | null {
  if (!selected) return null
  const { timeline } = here(chat)
  const entry = timeline.entries.get(indexOf(timeline, selected))
  return entry?.kind === 'said' && entry.seq === selected.seq ? entry : null
}

/** Whether one may delete it: one's own message, or that of a member below in a room in which one is a keeper. */
export const isDeletable = ({ view, where }: Chat, { mine, held, from, author, account }: Said): boolean => {
  if (held) return false
  const room = roomOf(where)
  const person = { name: from, ...(author === undefined ? {} : { id: author }), account: account === true }
  return mine || (room !== null && mayDo(view, 'delete', room, person))
}

/**
 * The next message above (-1) or below (1) that has a text. Above the first one the selection stays; below the last one
 * it ends.
 */
export function selectNext(chat: Chat, selected: Selected, by: 1 | -1): Selected {
  const { timeline } = here(chat)
  const { entries } = timeline
  const from = selected ? indexOf(timeline, selected) : entries.size
  for (let at = from + by; at >= 0 && at < entries.size; at += by) {
    const entry = entries.get(at)
    if (entry?.kind === 'said' && entry.text !== null && !isHidden(entry))
      return { seq: entry.seq, i: entry.i, asking: null }
  }
  return by === 1 ? null : selected && { ...selected, asking: null }
}

/** If the selected message is visible, nothing scrolls; else it comes to the middle. */
export function anchorOn(pane: Pane, anchor: LineAnchor, selected: NonNullable<Selected>): LineAnchor {
  if (isInSight(pane, anchor, selected)) return anchor
  return scrollDown(pane, { seq: selected.seq, i: selected.i, skip: 0 }, Math.floor(pane.height / 2))
}
