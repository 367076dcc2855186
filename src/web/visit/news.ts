/** The message for a desktop notice: the one that a change of the chat has brought, if its place gives notices. */
import { latestOf } from '../../client/chat/conversation/conversation.ts'
import { indexOf, type Said } from '../../client/chat/conversation/timeline.ts'
import type { Where } from '../../client/chat/place.ts'
import type { Chat } from '../../client/chat/state.ts'
import type { Noticed } from '../browser/settings.ts'

type Places = Pick<Chat, 'conversations' | 'bells'>

export type News = { readonly said: Said; readonly where: Where }

/** A mention of the reader rings the bell. All else counts as unread, if it is live and not of the reader. */
export function newsOf(before: Places, now: Places, noticed: (where: Where) => Noticed): News | null {
  if (now.conversations === before.conversations) return null
  const rings = now.bells !== before.bells
  const news = now.conversations.entrySeq().flatMap(([where, at]): News[] => {
    const was = before.conversations.get(where)
    const said = latestOf(at).entries.last()
    if (was === at || said?.kind !== 'said' || said.seq <= (was?.lastSeq ?? 0)) return []
    const how = noticed(where)
    const tells = said.mention ? rings && how !== 'none' : how === 'all' && at.unread > (was?.unread ?? 0)
    return tells ? [{ said, where }] : []
  })
  return news.maxBy(({ said }) => said.seq) ?? null
}

export const isDeleted = ({ conversations }: Pick<Chat, 'conversations'>, seq: number): boolean =>
  conversations.some(at => {
    const { entries } = latestOf(at)
    const entry = entries.get(indexOf({ entries }, { seq, i: 0 }))
    return entry?.kind === 'said' && entry.seq === seq && entry.text === null
  })
