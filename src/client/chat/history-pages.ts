/** Loads pages of the history into a chat: the one before, the one after an excerpt, or an excerpt around a message. */
import type { BehaviorSubject } from 'rxjs'
import { HISTORY_PAGE_MAX, TIMELINE_MAX } from '../../model/limits.ts'
import type { Client } from '../session/connection.ts'
import { idOf } from './people/private-people.ts'
import { personOf, roomOf, type Where } from './place.ts'
import { type Change, type Chat, conversation, type Loading } from './state.ts'

export type HistoryPages = {
  /** Loads the page before everything that's loaded. */
  readonly earlier: (where: Where) => void
  /** Loads the page after the excerpt. */
  readonly later: (where: Where) => void
  /** Shows an excerpt that ends with a message; false: not possible now. */
  readonly seek: (where: Where, seq: number) => boolean
  /** Shows the latest messages. */
  readonly latest: (where: Where) => void
}

export function historyPages(
  client: Pick<Client, 'ask'>,
  chat$: BehaviorSubject<Chat>,
  change: (by: Change) => void,
): HistoryPages {
  const load = (
    where: Where,
    page: Loading['page'],
    excerpt: boolean,
    range: { readonly before?: number | null; readonly after?: number },
  ): void => {
    const seq = range.after ?? range.before ?? 0
    const query = { before: null, after: null, since: null, limit: HISTORY_PAGE_MAX, ...range }
    const id = client.ask({ type: 'history', room: roomOf(where), ...partner(chat$.value, where), ...query })
    change({ type: 'loading', id, where, page, excerpt, seq })
  }

  const isBusy = ({ loading, status }: Chat): boolean => loading !== null || status.state !== 'online'

  function earlier(where: Where): void {
    const at = conversation(chat$.value, where)
    if (isBusy(chat$.value) || at.past === 'all' || isOutside(chat$.value, where)) return
    const first = at.timeline.entries.find(({ kind }) => kind === 'said')?.seq ?? null
    const isFull = at.excerpt !== null || at.timeline.entries.size > TIMELINE_MAX - HISTORY_PAGE_MAX
    // An older server's page of direct messages is from all people. This person may have none in it.
    const isOwnPage = isFull || roomOf(where) !== null || chat$.value.view.counted
    const before = at.excerpt?.from ?? (isOwnPage ? first : chat$.value.privateFrom)
    load(where, 'earlier', isFull, { before })
  }

  function later(where: Where): void {
    const { excerpt } = conversation(chat$.value, where)
    if (excerpt && !isBusy(chat$.value)) load(where, 'later', true, { after: excerpt.to })
  }

  function latest(where: Where): void {
    if (conversation(chat$.value, where).excerpt) change({ type: 'latest', where })
  }

  function seek(where: Where, seq: number): boolean {
    if (isBusy(chat$.value)) return false
    load(where, 'around', true, { before: seq + 1 })
    return true
  }

  return { earlier, later, seek, latest }
}

/** A user who has left the last room, or was removed from it, still sees a room, but may not read its past. */
function isOutside({ view }: Chat, where: Where): boolean {
  const room = roomOf(where)
  return room !== null && !view.rooms.has(room)
}

/** A direct conversation has pages of its own. An older server doesn't know that, and ignores it. */
function partner(chat: Chat, where: Where): { readonly with?: string; readonly id?: string } {
  const name = personOf(where)
  if (name === null || !chat.view.counted) return {}
  const id = idOf(chat, name)
  return id === undefined ? { with: name } : { with: name, id }
}

/** A direct conversation that the server has listed has no messages yet. The first page comes when it's shown. */
export function wantsFirstPage(chat: Chat): boolean {
  const { where, view, status, loading } = chat
  return (
    personOf(where) !== null &&
    view.counted &&
    status.state === 'online' &&
    loading === null &&
    conversation(chat, where).past === 'unknown'
  )
}
